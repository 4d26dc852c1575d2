using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Tubes.Specification.Source;

/// <summary>
/// What a plain YAML scalar means. YAML 1.1 as its widest readers take it (yes, no, on, off; 0x1f, 0o17, 017, 1_000),
/// with the exponents of YAML 1.2 (1e3) in addition.
/// </summary>
internal static partial class YamlScalars
{
    public static object? Read(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        _ => Integer(text) ?? (object?)Real(text) ?? text,
    };

    private static object? Integer(string text)
    {
        var match = IntegerForm().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var digits = match.Groups["digits"].Value.Replace("_", "", StringComparison.Ordinal);
        var radix = match.Groups["radix"].Value switch { "0x" => 16, "0b" => 2, "0o" or "0" => 8, _ => 10 };
        try
        {
            var size = radix == 10 ? long.Parse(match.Groups["sign"].Value + digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                : Convert.ToInt64(digits, radix);
            return radix != 10 && match.Groups["sign"].Value == "-" ? -size : size;
        }
        catch (OverflowException)
        {
            return double.Parse(match.Groups["sign"].Value + digits, CultureInfo.InvariantCulture);
        }
    }

    private static double? Real(string text) =>
        RealForm().IsMatch(text)
            ? double.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex("^(?<sign>[-+]?)(?:(?<radix>0x)(?<digits>[0-9a-fA-F_]+)|(?<radix>0b)(?<digits>[01_]+)|(?<radix>0o?)(?<digits>[0-7_]+)|(?<digits>0|[1-9][0-9_]*))$")]
    private static partial Regex IntegerForm();

    [GeneratedRegex(@"^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+)$")]
    private static partial Regex RealForm();
}
