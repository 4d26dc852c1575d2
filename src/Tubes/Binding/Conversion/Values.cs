using System.Collections;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>Values as error messages show them: short, with their type.</summary>
internal static class Values
{
    private const int LongestText = 60;

    public static string Describe(object? value) => value switch
    {
        null => "null",
        string text => $"the text \"{Cut(text)}\"",
        ICollection collection => $"a {TypeNames.Short(value.GetType())} of {collection.Count}",
        IFormattable => $"{Cut(value.ToString() ?? "")} ({TypeNames.Short(value.GetType())})",
        bool flag => flag ? "true" : "false",
        _ => $"a {TypeNames.Short(value.GetType())}",
    };

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText] + "…";
}
