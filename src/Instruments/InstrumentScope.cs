using System.Diagnostics;

namespace Sluice.Instruments;

/// <summary>
/// The time in which an instrument is active. Made by <see cref="EventLoopInstrument.Enter"/>; disposing it ends it for
/// everything that was started inside, also what still runs.
/// </summary>
/// <remarks>
/// The contract for whoever fires hooks (actors, runners, queues, sockets): read <see cref="Active"/> once, at start, keep it
/// in a field, and test that field for null before each hook. So a thing started outside any scope pays one branch and
/// never looks again. Something that must be watched later (an actor somebody subscribes to) gets a scope of
/// <see cref="Detached"/> added to its field with <see cref="CompositeInstrument.With"/>.
/// </remarks>
public sealed class InstrumentScope : IDisposable
{
    internal const int CostSampling = 1024;

    private static readonly AsyncLocal<CompositeInstrument?> Flow = new();

    private readonly EventLoopInstrument _instrument;
    private readonly InstrumentHooks _hooks;
    private bool _ended;
    private long _sampledCost;

    private InstrumentScope(EventLoopInstrument instrument)
    {
        _instrument = instrument;
        _hooks = instrument.NeedsTiming ? instrument.Hooks | InstrumentHooks.Timing : instrument.Hooks;
    }

    /// <summary>
    /// What watches here: an instance that does nothing, the one active instrument itself, or a composite of several.
    /// Never null; for people and tests. Who fires hooks keeps <see cref="Active"/>.
    /// </summary>
    public static EventLoopInstrument Current => Active switch
    {
        null => NoInstrument.Instance,
        { Scopes: [var only] } => only.Instrument,
        var several => several,
    };

    /// <summary>All that watch here, guarded against their own faults; null when nothing does.</summary>
    public static CompositeInstrument? Active => Flow.Value?.Living();

    /// <summary>The instrument of this scope.</summary>
    public EventLoopInstrument Instrument => _instrument;

    /// <summary>Whether the scope goes on and its instrument works.</summary>
    public bool IsActive => !Volatile.Read(ref _ended) && _instrument.Fault is null;

    /// <summary>The time spent in the instrument's hooks, estimated from one call in 1,024.</summary>
    public TimeSpan EstimatedCost => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _sampledCost) * CostSampling);

    /// <summary>Ends the scope, in any order with others. Ending it twice is harmless.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _ended, true);
        Flow.Value = Flow.Value?.Living();
    }

    /// <summary>A scope that nothing is started in: for adding an instrument to what already runs.</summary>
    public static InstrumentScope Detached(EventLoopInstrument instrument) => new(instrument);

    internal static InstrumentScope Enter(EventLoopInstrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        var scope = new InstrumentScope(instrument);
        Flow.Value = CompositeInstrument.With(Flow.Value, scope);
        return scope;
    }

    internal bool Wants(InstrumentHooks hook) => (_hooks & hook) != 0 && IsActive;

    internal void AddCost(long ticks) => Interlocked.Add(ref _sampledCost, ticks);

    internal void Fail(Exception fault)
    {
        if (_instrument.TryDisable(fault))
        {
            InstrumentFaults.Report(_instrument, fault);
        }
    }
}
