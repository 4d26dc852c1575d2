namespace Sluice.Actors.Pools.Policies;

/// <summary>When a pool considers an item exported. Defaults are in <c>reference.conf</c> under <c>sluice.pool.policy</c>.</summary>
public sealed record PolicySettings
{
    /// <summary>Which rule holds.</summary>
    public required PolicyKind Kind { get; init; }

    /// <summary>With <see cref="PolicyKind.Quorum"/>, the deliveries that are enough; otherwise ignored.</summary>
    public required int Quorum { get; init; }

    /// <summary>The deliveries after which nobody is owed the item any more, in a pool of <paramref name="exporters"/> that count.</summary>
    internal int Required(int exporters) => Kind switch
    {
        PolicyKind.All => exporters,
        PolicyKind.Quorum => Math.Min(Quorum, exporters),
        _ => Math.Min(1, exporters),
    };

    /// <exception cref="InvalidConfigException">The quorum cannot be reached.</exception>
    internal void Validate(string path, int exporters) =>
        InvalidConfigException.Unless(
            Kind is not PolicyKind.Quorum || (Quorum >= 1 && Quorum <= exporters),
            path,
            "quorum",
            Quorum,
            $"write a number from 1 to {exporters}, the exporters that are no shadows");
}
