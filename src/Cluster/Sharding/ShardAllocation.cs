using System.Text;

namespace Sluice.Cluster.Sharding;

/// <summary>
/// Which member owns which shard: rendezvous hashing with even quotas. Every shard goes to the member that ranks highest for it and has room; a
/// member has room for its share, rounded down, and as many for one more as the remainder allows. All members reckon the same from the same list.
/// </summary>
internal static class ShardAllocation
{
    /// <summary>The shard of an entity: the same in every process and for good.</summary>
    public static int ShardOf(string entityId, int shards) => (int)(Hash(entityId) % (ulong)shards);

    /// <summary>The owner of each shard; empty names when there is no member.</summary>
    public static string[] Owners(string typeName, int shards, IReadOnlyCollection<string> members)
    {
        var owners = new string[shards];
        Array.Fill(owners, "");
        if (members.Count == 0)
        {
            return owners;
        }
        var share = shards / members.Count;
        var extras = shards % members.Count;
        var loads = members.ToDictionary(member => member, _ => 0, StringComparer.Ordinal);
        foreach (var shard in Enumerable.Range(0, shards))
        {
            var owner = members
                .Where(member => loads[member] < share || (loads[member] == share && extras > 0))
                .MaxBy(member => (Hash($"{typeName}/{shard}/{member}"), member))!;
            extras -= loads[owner] == share ? 1 : 0;
            loads[owner]++;
            owners[shard] = owner;
        }
        return owners;
    }

    /// <summary>FNV-1a, then mixed so that near texts are far apart.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ one) * 1099511628211UL;
        }
        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebUL;
        return hash ^ (hash >> 31);
    }
}
