using Sluice.Tubes.Specification;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>Which member gets which node: those that have the role, by their names, in turn. Pure.</summary>
internal static class Seats
{
    public static HostingMember? Choose(IReadOnlyList<HostingMember> living, Placement? placement, long turn)
    {
        var fit = living
            .Where(member => placement is not Placement.Role role || member.Roles.Contains(role.Name))
            .OrderBy(member => member.Name, StringComparer.Ordinal)
            .ToList();
        return fit.Count == 0 ? null : fit[(int)(turn % fit.Count)];
    }

    /// <summary>The same number for the same text in every process (FNV-1a), so that runs and values are spread alike everywhere.</summary>
    public static long NumberOf(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return (long)(hash >> 1);
    }
}
