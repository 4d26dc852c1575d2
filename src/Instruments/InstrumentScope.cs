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

    // An actor's turn starts on a bare thread; a thread's field costs a tenth of an AsyncLocal.
    [ThreadStatic]
    private static CompositeInstrument? t_turn;

    private readonly EventLoopInstrument _instrument;
    private readonly InstrumentHooks _hooks;
    private bool _ended;
    private long _sampledCost;

    private InstrumentScope(EventLoopInstrument instrument, bool isInherited = true)
    {
        _instrument = instrument;
        IsInherited = isInherited;
        _hooks = ActorHooks.Of(instrument);
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
    public static CompositeInstrument? Active => (Flow.Value ?? t_turn)?.Living();

    /// <summary>The instrument of this scope.</summary>
    public EventLoopInstrument Instrument => _instrument;

    /// <summary>Whether the scope goes on and its instrument works.</summary>
    public bool IsActive => !Volatile.Read(ref _ended) && _instrument.Fault is null;

    /// <summary>Whether actors are watched because their parent is; not for a scope whose owner chooses each actor.</summary>
    public bool IsInherited { get; }

    /// <summary>The time spent in the instrument's hooks, estimated from one call in 1,024.</summary>
    public TimeSpan EstimatedCost => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref _sampledCost) * CostSampling);

    /// <summary>Ends the scope, in any order with others. Ending it twice is harmless.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _ended, true);
        Flow.Value = Flow.Value?.Living();
    }

    /// <summary>A scope that nothing is started in: for adding an instrument to what already runs.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="isInherited">Whether the children of an actor that it is added to are watched with it.</param>
    public static InstrumentScope Detached(EventLoopInstrument instrument, bool isInherited = true) => new(instrument, isInherited);

    /// <summary>
    /// For whoever gives threads to watched things: what is started until <see cref="LeaveTurn"/> is watched by those who watch what has
    /// the turn. Does not flow across awaits; <see cref="Flowing"/> does.
    /// </summary>
    public static void EnterTurn(CompositeInstrument? watchers) => t_turn = watchers;

    /// <summary>Ends what <see cref="EnterTurn"/> began, on the same thread.</summary>
    public static void LeaveTurn() => t_turn = null;

    /// <summary>Runs the beginning of an asynchronous turn so that what it starts after its awaits is watched too.</summary>
    public static Task Flowing<T>(CompositeInstrument watchers, Func<T, Task> turn, T argument)
    {
        var outer = Flow.Value;
        Flow.Value = outer ?? watchers;
        try
        {
            return turn(argument);
        }
        finally
        {
            Flow.Value = outer;
        }
    }

    internal static InstrumentScope Enter(EventLoopInstrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        var scope = new InstrumentScope(instrument);
        Flow.Value = CompositeInstrument.With(Flow.Value ?? t_turn, scope);
        return scope;
    }

    /// <summary>What the scope wanted when it began.</summary>
    internal InstrumentHooks Hooks => _hooks;

    internal bool WantsAll(InstrumentHooks hooks) => (_hooks & hooks) == hooks && IsActive;

    /// <summary>Whether durations are wanted now, of all that <paramref name="hooks"/> says.</summary>
    internal bool Times(InstrumentHooks hooks) => WantsAll(hooks) && _instrument.NeedsTiming;

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
