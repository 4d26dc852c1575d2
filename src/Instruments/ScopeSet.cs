namespace Sluice.Instruments;

/// <summary>The scopes of all who watch one thing, and what they want together.</summary>
public abstract class ScopeSet : TubeInstrument
{
    private readonly InstrumentScope[] _scopes;

    // What any of the scopes wanted when this was made. Scopes may end and want less, never more: a hook outside costs one test.
    private readonly InstrumentHooks _mask;

    private protected ScopeSet(InstrumentScope[] scopes, InstrumentHooks earlier)
    {
        _scopes = scopes;

        // Messages that carry the time may still be on their way.
        _mask = earlier & ActorHooks.Stamps;
        foreach (var scope in scopes)
        {
            _mask |= scope.Hooks;
        }
    }

    private protected InstrumentScope[] ScopeArray => _scopes;

    private protected InstrumentHooks Mask => _mask;

    /// <inheritdoc/>
    public override bool NeedsTiming => Times(InstrumentHooks.Timing);

    /// <summary>Whether somebody wants the durations of actors' turns now.</summary>
    public bool TimesTurns => Times(ActorHooks.Timing);

    /// <summary>Whether somebody wants to know now how long messages wait in mailboxes.</summary>
    public bool TimesWaits => Times(ActorHooks.Timing | ActorHooks.Get);

    /// <summary>Whether one of the scopes wanted any of <paramref name="hooks"/> when it began: one test, to be asked before a hook that fires often.</summary>
    public bool Sees(InstrumentHooks hooks) => (_mask & hooks) != 0;

    /// <summary>Whether one of the scopes has ended, so that <see cref="CompositeInstrument.Living"/> would be another.</summary>
    public bool HasEnded
    {
        get
        {
            foreach (var scope in _scopes)
            {
                if (!scope.IsActive)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// Whether an active instrument wants any of <paramref name="hooks"/>: ask before preparing data that costs something.
    /// </summary>
    public bool Wants(InstrumentHooks hooks)
    {
        foreach (var scope in _scopes)
        {
            if (scope.Wants(hooks))
            {
                return true;
            }
        }

        return false;
    }

    private bool Times(InstrumentHooks hooks)
    {
        if ((_mask & hooks) != hooks)
        {
            return false;
        }

        foreach (var scope in _scopes)
        {
            if (scope.Times(hooks))
            {
                return true;
            }
        }

        return false;
    }
}
