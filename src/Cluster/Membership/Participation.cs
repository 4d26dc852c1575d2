using System.Collections.Immutable;
using Sluice.Cluster.Remoting;
using Sluice.Cluster.Settings;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Membership;

/// <summary>This member's part in a cluster: takes what the transport tells, keeps the table of members, publishes what changes.</summary>
internal sealed class Participation : IMemberReceiver
{
    private const string NotAMember = "this system is not a member of a cluster";
    private readonly ExtendedActorSystem _system;
    private readonly ClusterSettings _settings;
    private readonly ILoggingAdapter _log;
    private readonly Action<string> _expelled;
    private readonly Func<int> _shards;
    private readonly RefusalLog _refusals;
    private readonly LoadMeter _meter;
    private readonly Inbound _inbound;
    private readonly Lock _gate = new();
    private readonly MemberTable _table = new();

    public Participation(
        ExtendedActorSystem system, ClusterSettings settings, MessageTypes types, RefTexts refs, ITransport transport, Action<string> expelled, Func<int> shards)
    {
        (_system, _settings, _expelled, _shards) = (system, settings, expelled, shards);
        _log = Logging.GetLogger(system, typeof(Cluster));
        _refusals = new RefusalLog(_log, system.TimeProvider);
        _meter = new LoadMeter(system.TimeProvider);
        var remoting = settings.Remoting;
        Parts = new RemotingParts(
            transport, system.Provider, types, refs, new OutboxLimits(remoting.FrameMessages, (int)remoting.FrameBytes, remoting.OutboxBytes), _log);
        Links = new Links(Parts);
        Heartbeats = new Heartbeats(Parts, settings, system.TimeProvider, Load, Expel);
        _inbound = new Inbound(Parts, WhyNot, Links, (member, said) => Heartbeats.Heard(member, said), _refusals.Add);
    }

    public RemotingParts Parts { get; }

    public Links Links { get; }

    public Heartbeats Heartbeats { get; }

    /// <summary>Frames and records that were refused so far.</summary>
    public long Refused => _refusals.Count;

    public ImmutableSortedSet<Member> Members
    {
        get
        {
            lock (_gate)
            {
                return _table.Members;
            }
        }
    }

    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode mode, Type[] to)
    {
        lock (_gate)
        {
            foreach (var channel in to)
            {
                _system.EventStream.Subscribe(subscriber, channel);
            }
            if (mode == ClusterEvent.InitialStateAsSnapshot)
            {
                subscriber.Tell(new ClusterEvent.CurrentClusterState(_table.Members), ActorRefs.NoSender);
                return;
            }
            foreach (var up in _table.Members.Select(member => new ClusterEvent.MemberUp(member)).Where(up => to.Any(channel => channel.IsInstanceOfType(up))))
            {
                subscriber.Tell(up, ActorRefs.NoSender);
            }
        }
    }

    public void AddRefusal(string reason) => _refusals.Add(reason);

    public void Tick()
    {
        if (Parts.Transport.State != TransportState.Closed)
        {
            Heartbeats.Tick();
        }
        foreach (var link in Links.All)
        {
            link.Repeat();
        }
    }

    /// <summary>This member has left or was expelled: nobody is known any more.</summary>
    public void End(MemberStatus status, string reason)
    {
        lock (_gate)
        {
            foreach (var member in _table.Members)
            {
                Heartbeats.Gone(member.Info.Id);
                if (member.Info.Id == Parts.Self)
                {
                    Publish_NeedsGate(member.With(status), reason);
                }
            }
            _table.Clear();
        }
        Links.CloseAll(reason);
    }

    public string? Refuse(MemberInfo candidate)
    {
        if (candidate.Cluster != _settings.Name)
        {
            return $"This is the cluster '{_settings.Name}', and the member {candidate.Id.Name} wants to join the cluster '{candidate.Cluster}': set sluice.cluster.name "
                + "to the same on all members, or give that cluster a broker or virtual host of its own.";
        }
        if (candidate.Protocol != MemberInfo.CurrentProtocol)
        {
            return $"The member {candidate.Id.Name} speaks protocol version {candidate.Protocol} (program {candidate.Version}), this cluster speaks version "
                + $"{MemberInfo.CurrentProtocol}: run the same version of sluice on all members.";
        }
        return WhyNot(candidate.Id) is { } reason ? $"{reason}: it has to join as another incarnation." : null;
    }

    public void MemberUp(MemberInfo member)
    {
        lock (_gate)
        {
            if (_table.LostBecause(member.Id) is null)
            {
                Links.Up(member.Id);
                Heartbeats.Up(member.Id);
            }
            if (_table.Up(member) is { } up)
            {
                _log.Info("{0} is up, roles [{1}], version {2}", member.Id, string.Join(", ", member.Roles), member.Version);
                _system.EventStream.Publish(new ClusterEvent.MemberUp(up));
            }
        }
    }

    public void MemberLeft(MemberId member) => Gone(member, MemberStatus.Exiting, $"the member {member} has left the cluster", "");

    public void MemberLost(MemberId member, string reason) => Gone(member, MemberStatus.Down, $"the member {member} was lost, {reason}", reason);

    public void Expelled(string reason)
    {
        _log.Error("This member is no member any more: {0}", reason);
        End(MemberStatus.Down, reason);
        _expelled(reason);
    }

    public void StateChanged(TransportState state) => _log.Info("The connection to the broker is {0}", state);

    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> frame)
    {
        _inbound.Take(frame.Span);
        return ValueTask.CompletedTask;
    }

    private void Gone(MemberId id, MemberStatus status, string sentence, string reason)
    {
        lock (_gate)
        {
            Heartbeats.Gone(id);
            if (_table.Gone(id, status, status == MemberStatus.Down ? sentence : null) is { } member)
            {
                _log.Log(status == MemberStatus.Down ? LogLevel.WarningLevel : LogLevel.InfoLevel, null, sentence);
                Publish_NeedsGate(member, reason);
            }
        }
        Links.Gone(id, sentence);
    }

    private void Publish_NeedsGate(Member member, string reason)
    {
        _system.EventStream.Publish(
            member.Status == MemberStatus.Down ? new ClusterEvent.MemberDowned(member, reason) : new ClusterEvent.MemberLeft(member));
        _system.EventStream.Publish(new ClusterEvent.MemberRemoved(member.With(MemberStatus.Removed), member.Status));
    }

    private string? WhyNot(MemberId id)
    {
        lock (_gate)
        {
            return _table.LostBecause(id);
        }
    }

    private void Expel(MemberId member, string reason)
    {
        _log.Warning("The member {0} is expelled: {1}", member, reason);
        _ = ExpelAsync(member, reason);
    }

    private async Task ExpelAsync(MemberId member, string reason)
    {
        try
        {
            await Parts.Transport.ExpelAsync(member, reason, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TransportException failure)
        {
            _log.Info("{0} is not expelled, {1} ({2})", member, NotAMember, failure.Message);
        }
    }

    private MemberLoad Load() => _meter.Measure(_shards(), _inbound.Received + Links.All.Sum(link => link.Sent));
}
