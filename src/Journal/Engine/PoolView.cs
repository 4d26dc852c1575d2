using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>The journal as of the last commit, for readers on any thread.</summary>
internal sealed record PoolView(
    long LastPosition,
    long LastSequence,
    long Items,
    long Bytes,
    IReadOnlyDictionary<string, SinkView> Sinks,
    IReadOnlyDictionary<int, string[]> Audiences)
{
    public JournalStatus ToStatus(string pool) => new()
    {
        Pool = pool,
        LastPosition = LastPosition,
        LastSequence = LastSequence,
        Items = Items,
        Bytes = Bytes,
        Sinks = Sinks.ToDictionary(sink => sink.Key, sink => sink.Value.Status, StringComparer.Ordinal),
    };
}
