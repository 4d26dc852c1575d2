using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Watching;

/// <summary>
/// Looks at a pool from outside, as one who asks for its status, again and again: more often the sooner something is to be noticed, at least every half
/// minute.
/// </summary>
internal abstract class PoolWatch : ReceiveActor, IWithTimers
{
    private const string Look = "look";
    private static readonly TimeSpan Rarest = TimeSpan.FromSeconds(30);
    private readonly TimeSpan _every;

    /// <param name="noticedWithin">What is watched for is seen soon after so long.</param>
    /// <param name="looks">How often it looks in that time.</param>
    /// <param name="pool">Whom it asks.</param>
    protected PoolWatch(TimeSpan noticedWithin, int looks, IActorRef pool)
    {
        _every = noticedWithin / looks;
        Receive<LookNow>(_ => pool.Tell(new GetStatus()));
        Receive<PoolStatus>(OnStatus);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Takes what it saw.</summary>
    protected abstract void OnStatus(PoolStatus status);

    protected override void PreStart() => Timers.StartPeriodicTimer(Look, LookNow.Instance, _every < Rarest ? _every : Rarest);

    /// <summary>Time to look.</summary>
    private sealed class LookNow : INotInfluenceReceiveTimeout
    {
        public static readonly LookNow Instance = new();
    }
}
