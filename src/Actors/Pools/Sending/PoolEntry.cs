using Sluice.Exporters.Sinks;

namespace Sluice.Actors.Pools.Sending;

/// <summary>An item on its way through the pool, shared by all exporters that it goes to.</summary>
internal sealed class PoolEntry
{
    private const int Overhead = 256;

    /// <summary>The item's number in its pool: what exporters are compared by.</summary>
    public required long Order { get; init; }

    /// <summary>Where it lies in the journal; 0 when it is not saved.</summary>
    public required long Position { get; init; }

    /// <summary>What the sink gets.</summary>
    public required SinkItem Item { get; init; }

    /// <summary>When the pool accepted it.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it came into memory, as a timestamp; 0 when it was read from the journal, so that no batch waits for its sake.</summary>
    public long ArrivedAt { get; init; }

    /// <summary>Whether its sender waits for the results.</summary>
    public bool IsAwaited { get; init; }

    /// <summary>Whether it was read from the journal.</summary>
    public bool IsBacklog => ArrivedAt == 0;

    /// <summary>What it counts against limits of memory.</summary>
    public int Bytes => Item.Payload.Length + Overhead;
}
