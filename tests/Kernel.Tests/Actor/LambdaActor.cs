using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>An actor whose parts are given by the test.</summary>
public class LambdaActor : ReceiveActor, IWithTimers, IWithStash
{
    public LambdaActor(Action<LambdaActor> setUp) => setUp(this);

    public static new IActorContext Context => ActorBase.Context;

    public static Props Of(Action<LambdaActor> setUp) => Props.Create(() => new LambdaActor(setUp));

    public new IActorRef Self => base.Self;

    public new IActorRef Sender => base.Sender;

    public ITimerScheduler Timers { get; set; } = null!;

    public IStash Stash { get; set; } = null!;

    public Action? AtStart { get; set; }

    public Action? AtStop { get; set; }

    public Action<Exception, object?>? AtPreRestart { get; set; }

    public Action<Exception>? AtPostRestart { get; set; }

    public SupervisorStrategy? Strategy { get; set; }

    public void On<T>(Action<T> handler, Predicate<T>? when = null) => Receive(handler, when);

    public void On<T>(Func<T, bool> handler) => Receive(handler);

    public void OnAny(Action<object> handler) => ReceiveAny(handler);

    public void OnAsync<T>(Func<T, Task> handler) => ReceiveAsync(handler);

    public new void Become(Action configure) => base.Become(configure);

    public new void BecomeStacked(Action configure) => base.BecomeStacked(configure);

    public new void UnbecomeStacked() => base.UnbecomeStacked();

    /// <summary>Stashes numbers until a text comes, then takes them.</summary>
    public void StashUntilText()
    {
        On<string>(_ =>
        {
            Become(() => On<int>(_ => { }));
            Stash.UnstashAll();
        });
        On<int>(_ => Stash.Stash());
    }

    protected override void PreStart()
    {
        AtStart?.Invoke();
        base.PreStart();
    }

    protected override void PostStop()
    {
        AtStop?.Invoke();
        base.PostStop();
    }

    protected override void PreRestart(Exception reason, object? message)
    {
        AtPreRestart?.Invoke(reason, message);
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason)
    {
        AtPostRestart?.Invoke(reason);
        base.PostRestart(reason);
    }

    protected override SupervisorStrategy SupervisorStrategy() => Strategy ?? base.SupervisorStrategy();
}
