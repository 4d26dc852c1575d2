namespace Sluice.Exporters.Processing;

/// <summary>
/// A stage that holds items back: a batch being filled, spans not yet ended. Each run of an exporter gets an instance of its own.
/// Its methods are called one at a time, in the order of the items.
/// </summary>
public interface IHoldingProcessor : IProcessor
{
    /// <summary>Makes one of the same settings that holds nothing.</summary>
    IHoldingProcessor CreateIsolatedInstance();

    /// <summary>Begins a run.</summary>
    /// <param name="context">What is observed.</param>
    /// <param name="flushWanted">To be called, from any thread, when <see cref="FlushAsync"/> should be called soon.</param>
    /// <param name="time">The clock of delays.</param>
    void Start(ContextState context, Action flushWanted, TimeProvider time);

    /// <summary>Passes on what has been held long enough.</summary>
    ValueTask FlushAsync(Func<object, ValueTask> passOn);

    /// <summary>Passes on everything held and ends its timers; nothing comes after it.</summary>
    ValueTask ShutdownAsync(Func<object, ValueTask> passOn);
}
