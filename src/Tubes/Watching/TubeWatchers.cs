using Sluice.Instruments;

namespace Sluice.Tubes.Watching;

/// <summary>
/// Who watches a runner: those that were active where it was made or is initialised, and those that have joined it. They join and leave while it
/// runs, on any thread.
/// </summary>
internal abstract class TubeWatchers
{
    private readonly Lock _joining = new();
    private CompositeInstrument? _watching = InstrumentScope.Active;

    /// <summary>Those who watch; null for nobody.</summary>
    public CompositeInstrument? Watchers => _watching;

    /// <summary>Whether anybody watches and wants to hear of what the scheduler does now.</summary>
    public bool IsOn => _watching is not null && !IsRepeating;

    /// <summary>Whether somebody wants what only the scheduler knows: which nodes are ready, and when.</summary>
    public bool SeesReadiness => Sees(InstrumentHooks.NodeReady);

    /// <summary>Whether somebody wants to know which nodes wait while a call goes on.</summary>
    public bool SeesStalls => Sees(InstrumentHooks.NodeStalled);

    /// <summary>Whether somebody wants to know what nodes emit.</summary>
    public bool SeesSignals => Sees(InstrumentHooks.NodeEmitted | InstrumentHooks.NodeNoEvent);

    /// <summary>The scheduler is told what has happened without it, and who watches has seen.</summary>
    public bool IsRepeating { get; set; }

    /// <summary>An instrument joins those that watch.</summary>
    public void Add(InstrumentScope scope)
    {
        lock (_joining)
        {
            _watching = CompositeInstrument.With(_watching, scope);
        }
    }

    /// <summary>Those who watch the runner around this one watch this one too, if nobody else does.</summary>
    protected void Follow(TubeWatchers outer)
    {
        lock (_joining)
        {
            _watching ??= outer._watching;
        }
    }

    /// <summary>Those who are active here join, before all others.</summary>
    protected void AddActive()
    {
        Forget();
        foreach (var scope in InstrumentScope.Active?.Scopes.Reverse() ?? [])
        {
            Add(scope);
        }
    }

    /// <summary>Forgets those who have left.</summary>
    protected void Forget()
    {
        lock (_joining)
        {
            _watching = _watching?.Living();
        }
    }

    private bool Sees(InstrumentHooks hooks) => _watching is { } watching && !IsRepeating && watching.Sees(hooks);
}
