using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Binding.Resolution;

/// <summary>The type names most like one that does not exist: as a whole, else in the last part alone, whatever namespace it is in.</summary>
internal static class NearestNames
{
    private const int MostNames = 3;

    public static IReadOnlyList<string> To(string wanted, IReadOnlyList<string> known)
    {
        var whole = Nearest.To(wanted, known);
        return whole.Count > 0
            ? whole
            : [.. Nearest.To(Last(wanted), known.Select(Last).Distinct())
                .SelectMany(last => known.Where(name => Last(name) == last).Order(StringComparer.Ordinal))
                .Take(MostNames)];
    }

    private static string Last(string name) => name[(name.LastIndexOfAny(['.', ':']) + 1)..];
}
