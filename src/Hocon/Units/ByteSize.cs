using System.Collections.Frozen;

namespace Sluice.Hocon.Units;

/// <summary>HOCON's sizes: a number and a unit, bytes if there is none; <c>kB</c> is 1,000 bytes, <c>KiB</c> and <c>K</c> are 1,024.</summary>
internal static class ByteSize
{
    private static readonly FrozenDictionary<string, decimal> BytesOfUnit = Units().ToFrozenDictionary(unit => unit.Name, unit => unit.Bytes);

    /// <summary>Reads a size that is a whole number of bytes within the range of a long.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        if (!Quantity.TryParse(text, BytesOfUnit, out var exact) || exact is > long.MaxValue or < long.MinValue || decimal.Truncate(exact) != exact)
        {
            return false;
        }

        bytes = (long)exact;
        return true;
    }

    private static IEnumerable<(string Name, decimal Bytes)> Units()
    {
        string[] one = ["", "B", "b", "byte", "bytes"];
        var units = one.Select(name => (name, 1m));
        var (ten, two) = (1m, 1m);
        foreach (var (letter, thousands, binary) in new[]
        {
            ('K', "kilo", "kibi"), ('M', "mega", "mebi"), ('G', "giga", "gibi"), ('T', "tera", "tebi"),
            ('P', "peta", "pebi"), ('E', "exa", "exbi"), ('Z', "zetta", "zebi"), ('Y', "yotta", "yobi"),
        })
        {
            (ten, two) = (ten * 1000, two * 1024);
            var (tens, twos) = (ten, two);
            string[] decimals = [letter == 'K' ? "kB" : $"{letter}B", $"{thousands}byte", $"{thousands}bytes"];
            string[] powers = [$"{letter}", $"{char.ToLowerInvariant(letter)}", $"{letter}i", $"{letter}iB", $"{binary}byte", $"{binary}bytes"];
            units = units.Concat(decimals.Select(name => (name, tens))).Concat(powers.Select(name => (name, twos)));
        }

        return units;
    }
}
