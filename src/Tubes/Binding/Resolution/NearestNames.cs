namespace Sluice.Tubes.Binding.Resolution;

/// <summary>The names most like one that does not exist.</summary>
internal static class NearestNames
{
    private const int MostNames = 3;

    /// <summary>At most three names, nearest first: few letters apart in all, or in the last part alone.</summary>
    public static IReadOnlyList<string> To(string wanted, IEnumerable<string> known)
    {
        var whole = Names.Normalize(wanted);
        return [.. known
            .Select(name => (Name: name, Distance: Math.Min(Distance(whole, Names.Normalize(name)), Distance(Last(whole), Last(Names.Normalize(name))) + 1)))
            .Where(candidate => candidate.Distance <= Math.Max(2, Last(whole).Length / 3))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .Take(MostNames)];
    }

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>Levenshtein's distance: the fewest letters to insert, remove or replace.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[other.Length];
    }
}
