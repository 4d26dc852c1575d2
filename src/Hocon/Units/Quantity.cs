using Sluice.Hocon.Tokens;

namespace Sluice.Hocon.Units;

/// <summary>Reads a number with an optional unit behind it: the specification's "Units format".</summary>
internal static class Quantity
{
    public static bool TryParse(string text, IReadOnlyDictionary<string, decimal> units, out decimal amount)
    {
        amount = 0;
        var start = 0;
        var end = text.Length;
        while (start < end && Characters.IsSpace(text[start]))
        {
            start++;
        }

        while (end > start && Characters.IsSpace(text[end - 1]))
        {
            end--;
        }

        var unit = end;
        while (unit > start && char.IsLetter(text[unit - 1]))
        {
            unit--;
        }

        var digits = unit;
        while (digits > start && Characters.IsSpace(text[digits - 1]))
        {
            digits--;
        }

        if (!units.TryGetValue(text[unit..end], out var factor) || !Number.TryParse(text[start..digits], out decimal number))
        {
            return false;
        }

        try
        {
            amount = number * factor;
            return true;
        }
        catch (OverflowException)
        {
            // Too large for any setting: the caller reports the text as it was written.
            return false;
        }
    }
}
