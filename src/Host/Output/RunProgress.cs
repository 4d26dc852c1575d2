using Sluice.Instruments.Sampling;

namespace Sluice.Host.Output;

/// <summary>Where a run stands.</summary>
/// <param name="Elapsed">Since its first epoch began.</param>
/// <param name="Epochs">Ended so far.</param>
/// <param name="Events">Emitted so far; no-events and ended epochs do not count.</param>
/// <param name="Returned">Values returned so far.</param>
/// <param name="Sinks">Each sink of the pool; empty without one.</param>
internal sealed record RunProgress(TimeSpan Elapsed, long Epochs, long Events, long Returned, IReadOnlyList<SinkProgress> Sinks)
{
    /// <summary>The tube's nodes, in its order, each with its last sample; empty while nobody watches them.</summary>
    public IReadOnlyList<(string Node, NodeSample? Sample)> Nodes { get; init; } = [];
}

/// <summary>Where one sink of the pool stands.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Sent">Items delivered since the program started.</param>
/// <param name="Owed">Items that the journal keeps for it.</param>
/// <param name="Dead">Items that it will never take.</param>
/// <param name="Trouble">Why nothing is delivered at the moment, or null.</param>
internal sealed record SinkProgress(string Name, long Sent, long Owed, long Dead, string? Trouble)
{
    /// <summary>How long something has been owed and nothing has moved; null while nothing is owed.</summary>
    public TimeSpan? NoProgressFor { get; init; }

    /// <summary>When nothing will be owed at the present pace; null while it does not get less.</summary>
    public TimeSpan? DrainsIn { get; init; }
}
