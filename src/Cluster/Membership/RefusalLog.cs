using Sluice.Kernel.Event;

namespace Sluice.Cluster.Membership;

/// <summary>Counts what was refused, and logs it at most once a second: a hostile sender must not fill the log.</summary>
internal sealed class RefusalLog(ILoggingAdapter log, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private long _count;
    private long _logged;
    private long? _loggedAt;

    public long Count => Interlocked.Read(ref _count);

    public void Add(string reason)
    {
        lock (_gate)
        {
            _count++;
            if (_loggedAt is { } at && clock.GetElapsedTime(at) < Pause)
            {
                return;
            }
            _loggedAt = clock.GetTimestamp();
            var since = _count - _logged;
            _logged = _count;
            log.Warning("Something from another member was dropped: {0} ({1} since the last note, {2} in all)", reason, since, _count);
        }
    }
}
