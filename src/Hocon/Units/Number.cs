using System.Globalization;
using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Units;

/// <summary>Reads numbers as JSON writes them, and no others.</summary>
internal static class Number
{
    public static bool TryParse(string text, out decimal value)
    {
        value = 0;
        return Scalars.IsNumber(text) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryParse(string text, out double value)
    {
        value = 0;
        return Scalars.IsNumber(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    /// <summary>Reads a whole number; <c>1e3</c> and <c>5.0</c> are whole.</summary>
    public static bool TryParse(string text, out long value)
    {
        value = 0;
        if (!TryParse(text, out decimal exact) || decimal.Truncate(exact) != exact || exact is > long.MaxValue or < long.MinValue)
        {
            return false;
        }

        value = (long)exact;
        return true;
    }
}
