using System.Globalization;
using System.Net;

namespace Sluice.Tubes.Drawing;

/// <summary>Texts and numbers as SVG needs them.</summary>
internal static class SvgText
{
    private const int MaxTypeCharacters = 34;

    public static string Of(string text) => WebUtility.HtmlEncode(text);

    public static string Of(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The end of a long type name: what tells types apart stands there.</summary>
    public static string Short(string type) => type.Length <= MaxTypeCharacters ? type : "…" + type[^(MaxTypeCharacters - 1)..];

    /// <summary>What stands below a box's id.</summary>
    public static string Subtitle(GraphBox box) => box.Kind switch
    {
        BoxKind.Source or BoxKind.Node or BoxKind.Asset => Short(box.Type),
        BoxKind.Tube => $"tube {Short(box.Type)}",
        BoxKind.Input => "inputs of the tube",
        _ => box.Kind.ToString().ToLowerInvariant(),
    };
}
