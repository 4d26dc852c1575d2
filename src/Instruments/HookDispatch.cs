using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments;

/// <summary>How a <see cref="CompositeInstrument"/> calls a hook of its scopes: the way that costs least for those that are there.</summary>
public abstract class HookDispatch : ScopeSet
{
    [ThreadStatic]
    private static ThreadState t_thread;

    private readonly bool _isGuarded;

    // The one scope, if there is one: its hooks are called without a loop, and if its instrument needs no guard, without that.
    private readonly InstrumentScope? _single;
    private readonly InstrumentScope? _only;

    private protected HookDispatch(InstrumentScope[] scopes, InstrumentHooks earlier)
        : base(scopes, earlier)
    {
        _isGuarded = Array.Exists(scopes, scope => !scope.Instrument.IsSelfContained);
        _single = scopes is [var single] ? single : null;
        _only = _isGuarded ? null : _single;
    }

    /// <summary>A message leaves a mailbox and is about to be handled: two hooks that fire one after the other, for one instrument in one go.</summary>
    public void OnActorTakes(IInstrumented actor, object message, TimeSpan waited)
    {
        if (_only is { } only)
        {
            if (only.IsActive)
            {
                Take(only, actor, message, waited);
            }
        }
        else if (_single is { } single && t_thread.UntilSample > 1)
        {
            TakeGuarded(single, actor, message, waited);
        }
        else
        {
            Fire(ActorHooks.Get, new QueueEvent(actor, ItemView.Of(in message), immediate: true, waited), default(HookCallers.GetCaller));
            Fire(ActorHooks.BeforeSend, new TaskTurn(actor, message), default(HookCallers.BeforeSendCaller));
        }
    }

    private void TakeGuarded(InstrumentScope single, IInstrumented actor, object message, TimeSpan waited)
    {
        ref var thread = ref t_thread;
        if (thread.IsInside || !single.IsActive)
        {
            return;
        }

        thread.IsInside = true;
        thread.UntilSample -= 2;
        Take(single, actor, message, waited);
        thread.IsInside = false;
    }

    // One that throws in the first hook is disabled: the second would not be called in any case.
    private void Take(InstrumentScope scope, IInstrumented actor, object message, TimeSpan waited)
    {
        try
        {
            if ((Mask & ActorHooks.Get) != 0)
            {
                scope.Instrument.OnQueueGet(new QueueEvent(actor, ItemView.Of(in message), immediate: true, waited));
            }

            if ((Mask & ActorHooks.BeforeSend) != 0)
            {
                scope.Instrument.OnTaskBeforeSend(new TaskTurn(actor, message));
            }
        }
        catch (Exception fault)
        {
            scope.Fail(fault);
        }
    }

    private protected void Fire<TEvent>(InstrumentHooks hook, in TEvent seen, HookCall<TEvent> call)
        where TEvent : struct, allows ref struct =>
        Fire(hook, in seen, new HookCallers.DelegateCaller<TEvent>(call));

    private protected void Fire<TEvent, TCaller>(InstrumentHooks hook, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        if ((Mask & hook) == 0)
        {
            return;
        }

        if (_only is { } only)
        {
            FireToOne(only, in seen, caller);
        }
        else if (_single is { } single)
        {
            FireGuardedToOne(single, in seen, caller);
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

    private static void FireGuardedToOne<TEvent, TCaller>(InstrumentScope single, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        ref var thread = ref t_thread;
        if (thread.IsInside || !single.IsActive)
        {
            return;
        }

        thread.IsInside = true;
        try
        {
            if (--thread.UntilSample >= 0)
            {
                caller.Call(single.Instrument, in seen);
            }
            else
            {
                Sample(single, in seen, caller);
            }
        }
        catch (Exception fault)
        {
            single.Fail(fault);
        }

        thread.IsInside = false;
    }

    private void FireToEach<TEvent, TCaller>(InstrumentHooks hook, in TEvent seen, TCaller caller)
        where TEvent : struct, allows ref struct
        where TCaller : struct, IHookCaller<TEvent>
    {
        for (var next = 0; next < ScopeArray.Length;)
        {
            try
            {
                for (; next < ScopeArray.Length; next++)
                {
                    var scope = ScopeArray[next];
                    if (scope.Wants(hook))
                    {
                        caller.Call(scope.Instrument, in seen);
                    }
                }
            }
            catch (Exception fault)
            {
                ScopeArray[next++].Fail(fault);
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
        for (var next = 0; next < ScopeArray.Length;)
        {
            // One try for all: entered anew only behind an instrument that threw.
            try
            {
                for (; next < ScopeArray.Length; next++)
                {
                    var scope = ScopeArray[next];
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
                ScopeArray[next++].Fail(fault);
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
