using System.Collections.Concurrent;
using Sluice.Cluster.Remoting;
using Sluice.Cluster.Settings;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;

namespace Sluice.Cluster.Membership;

/// <summary>
/// Says once in a while that this member lives, and notices who does not: a process can hang while its connection to the broker stands. One who
/// does not even hear itself, or was paused, judges nobody: then the fault is on this side.
/// </summary>
internal sealed class Heartbeats(RemotingParts parts, ClusterSettings settings, TimeProvider clock, Func<MemberLoad> load, Action<MemberId, string> expel)
{
    private readonly ConcurrentDictionary<MemberId, (long At, MemberLoad? Load)> _heard = new();
    private long _lastTick = clock.GetTimestamp();
    private Task _sending = Task.CompletedTask;

    public MemberLoad? LoadOf(MemberId member) => _heard.TryGetValue(member, out var heard) ? heard.Load : null;

    /// <summary>The clock's timestamp of the last heartbeat, or of the join before the first one; 0 for a member that is not known.</summary>
    public long HeardAt(MemberId member) => _heard.TryGetValue(member, out var heard) ? heard.At : 0;

    public void Up(MemberId member) => _heard.TryAdd(member, (clock.GetTimestamp(), null));

    public void Gone(MemberId member) => _heard.TryRemove(member, out _);

    public void Heard(MemberId member, MemberLoad? said)
    {
        if (_heard.TryGetValue(member, out var before))
        {
            _heard.TryUpdate(member, (clock.GetTimestamp(), said), before);
        }
    }

    /// <summary>Once per interval.</summary>
    public void Tick()
    {
        var wasPaused = clock.GetElapsedTime(_lastTick) > 2.5 * settings.HeartbeatInterval;
        _lastTick = clock.GetTimestamp();
        if (wasPaused || parts.Transport.State != TransportState.Connected)
        {
            HearAll();
        }
        if (_sending.IsCompleted)
        {
            _sending = SendAsync();
        }
        if (!parts.IsObserver && !IsSilent(parts.Self, settings.Silence / 2))
        {
            foreach (var member in _heard.Keys.Where(member => member != parts.Self && IsSilent(member, settings.Silence)))
            {
                expel(member, $"nothing was heard of it for {settings.Silence.TotalSeconds} s although its connection stands");
            }
        }
    }

    private bool IsSilent(MemberId member, TimeSpan limit) =>
        !_heard.TryGetValue(member, out var heard) || clock.GetElapsedTime(heard.At) > limit;

    private void HearAll()
    {
        foreach (var (member, (_, said)) in _heard)
        {
            Heard(member, said);
        }
    }

    private async Task SendAsync()
    {
        using var frame = parts.NewFrame(FrameKind.Heartbeat, 0);
        var said = load();
        var bytes = frame.Begin(RecordKind.Heartbeat, out var mark);
        bytes.Double(said.Cpu);
        bytes.Int64(said.MemoryBytes);
        bytes.Int32(said.Shards);
        bytes.Double(said.MessagesPerSecond);
        frame.End(mark);
        try
        {
            await parts.Transport.BroadcastAsync(frame.Memory, CancellationToken.None).ConfigureAwait(false);
            await parts.Transport.SendAsync(parts.Self, frame.Memory, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // This member has left or was expelled between the tick and the send: nobody waits for its heartbeat.
        }
    }
}
