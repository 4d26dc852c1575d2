using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Sluice.Instruments;

/// <summary>How a <see cref="CompositeInstrument"/> calls a hook of its scopes: the way that costs least for those that are there.</summary>
public abstract class HookDispatch : TubeInstrument
{
    [ThreadStatic]
    private static ThreadState t_thread;

    private readonly InstrumentScope[] _scopes;

    // What any of the scopes wanted when this was made. Scopes may end and want less, never more: a hook outside costs one test.
    private readonly InstrumentHooks _mask;

    private readonly bool _isGuarded;

    // The one scope, if there is one and its instrument needs no guard: the quickest way.
    private readonly InstrumentScope? _only;

    private protected HookDispatch(InstrumentScope[] scopes, InstrumentHooks earlier)
    {
        _scopes = scopes;
        _isGuarded = Array.Exists(scopes, scope => !scope.Instrument.IsSelfContained);

        _only = scopes is [var only] && !_isGuarded ? only : null;

        // Messages that carry the time may still be on their way.
        _mask = earlier & InstrumentHooks.Timing;
        foreach (var scope in scopes)
        {
            _mask |= scope.Hooks;
        }
    }

    private protected InstrumentScope[] ScopeArray => _scopes;

    private protected InstrumentHooks Mask => _mask;

    /// <inheritdoc/>
    public override bool NeedsTiming => (_mask & InstrumentHooks.Timing) != 0 && Wants(InstrumentHooks.Timing);

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

    /// <summary>Whether an active instrument wants all of <paramref name="hooks"/>, such as a hook and <see cref="InstrumentHooks.Timing"/>.</summary>
    public bool WantsAll(InstrumentHooks hooks)
    {
        if ((_mask & hooks) != hooks)
        {
            return false;
        }

        foreach (var scope in _scopes)
        {
            if (scope.WantsAll(hooks))
            {
                return true;
            }
        }

        return false;
    }

    private protected void Fire<TEvent>(InstrumentHooks hook, in TEvent seen, HookCall<TEvent> call)
        where TEvent : struct, allows ref struct =>
        Fire(hook, in seen, new HookCallers.DelegateCaller<TEvent>(call));

    private protected void Fire<TEvent, TCaller>(InstrumentHooks hook, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        if ((_mask & hook) == 0)
        {
            return;
        }

        if (_only is { } only)
        {
            FireToOne(only, in seen, caller);
        }
        else if (_isGuarded)
        {
            FireGuarded(hook, in seen, caller);
        }
        else
        {
            FireToEach(hook, in seen, caller);
        }
    }

    // The mask was this scope's own: nothing but its end is left to ask for.
    private static void FireToOne<TEvent, TCaller>(InstrumentScope only, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        if (!only.IsActive)
        {
            return;
        }

        try
        {
            caller.Call(only.Instrument, in seen);
        }
        catch (Exception fault)
        {
            only.Fail(fault);
        }
    }

    private void FireToEach<TEvent, TCaller>(InstrumentHooks hook, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        for (var next = 0; next < _scopes.Length;)
        {
            try
            {
                for (; next < _scopes.Length; next++)
                {
                    var scope = _scopes[next];
                    if (scope.Wants(hook))
                    {
                        caller.Call(scope.Instrument, in seen);
                    }
                }
            }
            catch (Exception fault)
            {
                _scopes[next++].Fail(fault);
            }
        }
    }

    private void FireGuarded<TEvent, TCaller>(InstrumentHooks hook, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        ref var thread = ref t_thread;
        if (thread.IsInside)
        {
            return;
        }

        thread.IsInside = true;
        for (var next = 0; next < _scopes.Length;)
        {
            // One try for all: entered anew only behind an instrument that threw.
            try
            {
                for (; next < _scopes.Length; next++)
                {
                    var scope = _scopes[next];
                    if (!scope.Wants(hook))
                    {
                        continue;
                    }

                    if (--thread.UntilSample >= 0)
                    {
                        caller.Call(scope.Instrument, in seen);
                    }
                    else
                    {
                        Sample(scope, in seen, caller);
                    }
                }
            }
            catch (Exception fault)
            {
                _scopes[next++].Fail(fault);
            }
        }

        thread.IsInside = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Sample<TEvent, TCaller>(InstrumentScope scope, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        t_thread.UntilSample = InstrumentScope.CostSampling;
        var start = Stopwatch.GetTimestamp();
        caller.Call(scope.Instrument, in seen);
        scope.AddCost(Stopwatch.GetTimestamp() - start);
    }

    private struct ThreadState
    {
        public bool IsInside;
        public int UntilSample;
    }
}
