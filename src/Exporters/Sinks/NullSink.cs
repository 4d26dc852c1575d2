namespace Sluice.Exporters.Sinks;

/// <summary>Takes everything and keeps nothing: for measurements and for switching a sink off.</summary>
internal sealed class NullSink(string name) : ISink
{
    public string Name => name;

    public ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<IReadOnlyList<SinkOutcome>>(cancellationToken)
            : ValueTask.FromResult(SinkOutcomes.AllDelivered(items.Count));

    public ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken) => ValueTask.FromResult<SinkProbe>(SinkProbe.Reachable.Instance);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
