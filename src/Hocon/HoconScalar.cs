namespace Sluice.Hocon;

/// <summary>A string, number, boolean or null. The text is kept as it was written, so that <c>1e5</c> stays <c>1e5</c> when it is joined to others.</summary>
public sealed class HoconScalar : HoconValue
{
    private const int LongestShown = 60;

    internal HoconScalar(ScalarKind kind, string text, Origin origin)
        : base(origin, depth: 0)
    {
        Kind = kind;
        Text = text;
    }

    /// <summary>The type the value was written with; reading converts between types as HOCON allows.</summary>
    public ScalarKind Kind { get; }

    /// <summary>The text, without quotes and with escapes replaced.</summary>
    public string Text { get; }

    internal override string Description => Kind == ScalarKind.Null ? "null" : $"'{Shorten(Text)}'";

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Shorten(string text)
    {
        var end = text.IndexOfAny(['\r', '\n']);
        end = end < 0 ? text.Length : end;
        return end > LongestShown ? $"{text[..LongestShown]}…" : end < text.Length ? $"{text[..end]}…" : text;
    }
}
