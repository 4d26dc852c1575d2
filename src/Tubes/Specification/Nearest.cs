namespace Sluice.Tubes.Specification;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class Nearest
{
    /// <summary>The known names most like <paramref name="name"/>, best first; none that has nothing to do with it.</summary>
    public static IReadOnlyList<string> To(string name, IEnumerable<string> known, int count = 3) =>
        [.. known
            .Select(candidate => (candidate, distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.distance <= Math.Max(1, Math.Max(name.Length, pair.candidate.Length) / 3))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(pair => pair.candidate)];

    /// <summary>A sentence to end an error with: the nearest names, or all there are when nothing is near and they are few.</summary>
    public static string Hint(string name, IReadOnlyCollection<string> known)
    {
        var near = To(name, known);
        return near.Count > 0 ? $"Did you mean {Or(near)}?"
            : known.Count == 0 ? "There are none."
            : known.Count <= 12 ? $"There is {string.Join(", ", known)}."
            : $"There are {known.Count}, none like it.";
    }

    private static string Or(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " or " + names[^1];

    /// <summary>Edits (insert, remove, replace, swap neighbours) from one to the other.</summary>
    private static int Distance(string left, string right)
    {
        var (before, last, row) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = left[i - 1] == right[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + same);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[right.Length];
    }
}
