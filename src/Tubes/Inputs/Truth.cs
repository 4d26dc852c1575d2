using System.Collections;
using System.Globalization;

namespace Sluice.Tubes.Inputs;

/// <summary>Whether a value counts as true: not null, false, zero or empty.</summary>
internal static class Truth
{
    public static bool Of(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        ICollection collection => collection.Count > 0,
        IConvertible number => Convert.ToDouble(number, CultureInfo.InvariantCulture) != 0,
        _ => true,
    };
}
