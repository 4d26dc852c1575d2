namespace Sluice.Actors.Pools.Routing;

/// <summary>Passes by exporters that take too long for their turn, so that the others need not wait for them.</summary>
/// <param name="state">The pool.</param>
/// <param name="timers">The pool actor's, to which <see cref="LookForSlow"/> is told.</param>
internal sealed class SlowSinks(PoolState state, ITimerScheduler timers)
{
    private const string Timer = "slow";

    /// <summary>Looks once the pool's patience is over, if turns are awaited.</summary>
    public void LookLater()
    {
        if (state.Turns.AreAwaited && !timers.IsTimerActive(Timer))
        {
            timers.StartSingleTimer(Timer, LookForSlow.Instance, state.Settings.TurnPatience);
        }
    }

    /// <summary>The patience is over.</summary>
    public void Look()
    {
        state.Turns.PassByTheSlow();
        LookLater();
    }
}
