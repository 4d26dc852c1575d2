namespace Sluice.Exporters.Processing;

/// <summary>A stage of a pipeline, seen without its types. Implement <see cref="IProcessor{TIn, TOut}"/>.</summary>
public interface IProcessor
{
    /// <summary>What it takes.</summary>
    Type InputType { get; }

    /// <summary>What it gives.</summary>
    Type OutputType { get; }

    /// <summary>
    /// Whether an item that the processor fails on is dropped even where its types would let it continue unprocessed. Redaction says true:
    /// what could not be redacted must not be seen.
    /// </summary>
    bool DropOnFault => false;

    /// <summary>Processes one item.</summary>
    ValueTask<object?> ProcessAsync(object? item, ContextState context, CancellationToken cancellationToken);
}

/// <summary>
/// A stage of a pipeline. One instance serves an exporter and all its copies at once, so it keeps no state between items;
/// one that must is an <see cref="IHoldingProcessor"/>.
/// </summary>
/// <typeparam name="TIn">What it takes.</typeparam>
/// <typeparam name="TOut">What it gives; a list of something is passed on as one batch.</typeparam>
public interface IProcessor<TIn, TOut> : IProcessor
{
    Type IProcessor.InputType => typeof(TIn);

    Type IProcessor.OutputType => typeof(TOut);

    /// <summary>Processes one item; null drops it.</summary>
    ValueTask<TOut?> ProcessAsync(TIn item, ContextState context, CancellationToken cancellationToken);

    ValueTask<object?> IProcessor.ProcessAsync(object? item, ContextState context, CancellationToken cancellationToken)
    {
        // The cast lets null through for reference types and refuses it for values, with a message that names both.
        var processed = ProcessAsync((TIn)item!, context, cancellationToken);
        return processed.IsCompletedSuccessfully ? new ValueTask<object?>(processed.GetAwaiter().GetResult()) : AwaitAsync(processed);

        static async ValueTask<object?> AwaitAsync(ValueTask<TOut?> processed) => await processed.ConfigureAwait(false);
    }
}
