using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>Everything a store keeps besides items and dead letters: small, and read as a whole.</summary>
internal sealed class StoredState
{
    public long LastPosition { get; set; }

    public long LastSequence { get; set; }

    public long Items { get; set; }

    public long Bytes { get; set; }

    public long DeadLetters { get; set; }

    public long DeadBytes { get; set; }

    /// <summary>The number of the last message that is remembered. Only the writer's own reading knows it.</summary>
    public long LastMessage { get; set; }

    public long Revision { get; set; }

    public List<StoredSink> Sinks { get; } = [];

    /// <summary>Sink ids by audience id.</summary>
    public Dictionary<int, List<int>> Audiences { get; } = [];
}

/// <summary>A sink as stored.</summary>
internal sealed record StoredSink(int Id, string Name, SinkStanding Standing, string? LeavingTo, SinkNumbers Numbers)
{
    public Dictionary<string, long> Dropped { get; } = new(StringComparer.Ordinal);

    public List<PositionRange> Settled { get; } = [];
}

/// <summary>The numbers of a sink's row.</summary>
internal sealed record SinkNumbers(long Cursor, long Accepted, long Delivered, long Pending, long PendingBytes, long Dead, long Redriving)
{
    /// <summary>From numbers in the order of the members.</summary>
    public static SinkNumbers Of(ReadOnlySpan<long> numbers) =>
        new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
}
