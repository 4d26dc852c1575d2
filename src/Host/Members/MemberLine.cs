using System.Globalization;
using Sluice.Cluster.Wire;

namespace Sluice.Host.Members;

/// <summary>What <c>sluice members</c> shows of one; its JSON form is what programs read.</summary>
/// <param name="Name">Unique among the living.</param>
/// <param name="Roles">What it is there for, sorted.</param>
/// <param name="Version">Of its program.</param>
/// <param name="Address">The root of its actors' addresses, incarnation included.</param>
/// <param name="Since">When it joined, by its own clock.</param>
/// <param name="Load">What it said with its last heartbeat; null when none came.</param>
internal sealed record MemberLine(string Name, IReadOnlyList<string> Roles, string Version, string Address, DateTimeOffset Since, MemberLoad? Load)
{
    /// <summary>The columns of the table.</summary>
    internal string[] Columns =>
    [
        Name,
        Roles.Count == 0 ? "-" : string.Join(',', Roles),
        Version,
        Address,
        Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Load is { } load ? Words(load) : "not heard of yet",
    ];

    private static string Words(MemberLoad load) => string.Create(
        CultureInfo.InvariantCulture,
        $"cpu {load.Cpu * 100:0} %, {load.MemoryBytes / 1048576.0:0} MiB, {load.Shards} shards, {load.MessagesPerSecond:0} msg/s");
}
