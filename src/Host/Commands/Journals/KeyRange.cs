using System.Globalization;
using Sluice.Host.CommandLine;

namespace Sluice.Host.Commands.Journals;

/// <summary>Keys from one number to another, both included.</summary>
internal readonly record struct KeyRange(long First, long Last)
{
    private const string Between = "..";

    public static KeyRange All { get; } = new(0, long.MaxValue);

    public bool Contains(long sequence) => sequence >= First && sequence <= Last;

    /// <summary>Reads <c>7</c>, <c>7..12</c>, <c>7..</c>, <c>..12</c>, or the same with the pool's name before the numbers: <c>orders:7..orders:12</c>.</summary>
    /// <exception cref="UsageException">It is no range of this pool's keys.</exception>
    public static KeyRange Parse(string text, string pool, string option = "--keys")
    {
        var at = text.IndexOf(Between, StringComparison.Ordinal);
        var range = at < 0
            ? new KeyRange(Number(text, text, pool, option), Number(text, text, pool, option))
            : new KeyRange(End(text[..at], 0, text, pool, option), End(text[(at + Between.Length)..], long.MaxValue, text, pool, option));
        return range.First <= range.Last ? range : throw new UsageException($"{option} is '{text}': the first key is behind the last one.");
    }

    private static long End(string text, long open, string whole, string pool, string option) =>
        text.Length == 0 ? open : Number(text, whole, pool, option);

    private static long Number(string text, string whole, string pool, string option)
    {
        var number = text.StartsWith(pool + ":", StringComparison.Ordinal) ? text[(pool.Length + 1)..] : text;
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : throw new UsageException($"{option} is '{whole}': write keys of the pool '{pool}', such as {pool}:7, 7..12, 7.. or ..12.");
    }
}
