namespace Sluice.Exporters.Sinks;

/// <summary>
/// The far end of an exporter: takes items and says of each one what became of it.
/// A failure of the far end is an outcome, never an exception, so that nobody has to guess whether an item may be sent again.
/// </summary>
/// <remarks>
/// Delivery is at least once: the same item may come again under the same <see cref="SinkItem.Key"/>, and a sink that can tell, stores it once.
/// Calls may overlap; items of one call are delivered in order. Disposing waits for what is being written and releases only the sink's own resources.
/// </remarks>
public interface ISink : IAsyncDisposable
{
    /// <summary>The sink's name in configuration, journals and logs.</summary>
    string Name { get; }

    /// <summary>Sends items, in order.</summary>
    /// <param name="items">What to send; an empty list is answered with an empty list.</param>
    /// <param name="cancellationToken">Gives up; what was on its way may or may not have arrived.</param>
    /// <returns>One outcome per item, at the item's index.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired; every item counts as undecided and is to be sent again.</exception>
    ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken);

    /// <summary>Finds out cheaply whether sending is worth trying: a TCP connect, an HTTP request without data, a look at the folder.</summary>
    ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken);
}
