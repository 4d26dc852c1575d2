using Sluice.Kernel.Dispatch.SysMsg;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>
/// The parent of the root guardian: learns that the last actor has stopped. When the shutdown timeout passes before, it names the
/// actors that are still in a handler and ends the system without them.
/// </summary>
internal sealed class SystemEnd(ActorSystemImpl system) : MinimalActorRef
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Stack<Action> _callbacks = new();
    private ITimer? _deadline;
    private bool _isEnding;
    private bool _hasEnded;

    public Task Completion => _completion.Task;

    public override ActorPath Path { get; } = new ActorPath(new Address("sluice", system.Name)).Child("outside");

    public override IActorRefProvider Provider => system.Provider;

    public Task Begin()
    {
        lock (_gate)
        {
            if (_isEnding)
            {
                return Completion;
            }
            _isEnding = true;
            _deadline = system.TimeProvider.CreateTimer(
                static self => ((SystemEnd)self!).GiveUp(), this, system.Settings.ShutdownTimeout, Timeout.InfiniteTimeSpan);
        }
        system.Stop(system.Provider.Guardian);
        return Completion;
    }

    public void Register(Action callback)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                throw new InvalidOperationException($"The system {system.Name} has ended: register before.");
            }
            _callbacks.Push(callback);
        }
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification:
                End();
                break;
            case Failed failed:
                system.Log.Error(failed.Cause, "The root guardian failed, so the system ends");
                ((IInternalActorRef)failed.Child).Stop();
                break;
        }
    }

    private void GiveUp()
    {
        foreach (var stuck in StuckBelow((LocalActorRef)system.Provider.RootGuardian))
        {
            system.Log.Error(
                "{0} has not come back from handling {1} within the shutdown timeout of {2}; the system ends without it",
                stuck.Self.Path,
                stuck.Message?.GetType().Name ?? "its life cycle",
                system.Settings.ShutdownTimeout);
        }
        End();
    }

    private IEnumerable<ActorCell> StuckBelow(LocalActorRef top)
    {
        var left = new Stack<LocalActorRef>([top]);
        while (left.TryPop(out var one))
        {
            var children = one.Cell.GetChildren().OfType<LocalActorRef>().ToArray();
            // The system guardian is asked to stop after the other one, so it is only waiting here.
            if (children.Length == 0 && !one.IsTerminated && !one.Equals(system.Provider.SystemGuardian))
            {
                yield return one.Cell;
            }
            foreach (var child in children)
            {
                left.Push(child);
            }
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }
            _hasEnded = true;
        }
        _deadline?.Dispose();
        while (_callbacks.TryPop(out var callback))
        {
            try
            {
                callback();
            }
            catch (Exception failure)
            {
                system.Log.Error(failure, "A callback registered for the end of the system failed");
            }
        }
        (system.Scheduler as IDisposable)?.Dispose();
        _completion.TrySetResult();
    }
}
