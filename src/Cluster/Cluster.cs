using Sluice.Cluster.Membership;
using Sluice.Cluster.Remoting;
using Sluice.Cluster.Settings;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster;

/// <summary>
/// A system's membership in a cluster. Once joined, refs of other members' actors work as local ones do: they can be told, asked, watched,
/// stopped, and sent in messages. What happens to members is published on the system's event stream as <see cref="ClusterEvent"/>.
/// </summary>
/// <remarks>
/// Names and meaning follow Akka.NET's Cluster where it has them. What differs: there is no gossip and no split brain resolver, because the
/// broker of the transport decides who is a member; and joining takes that transport in place of seed nodes.
/// </remarks>
public sealed class Cluster : IExtension, IDisposable
{
    private static readonly TimeSpan RejoinPause = TimeSpan.FromSeconds(1);
    private readonly ExtendedActorSystem _system;
    private readonly ILoggingAdapter _log;
    private readonly RefTexts _refs;
    private readonly List<Func<Task>> _beforeLeave = [];
    private readonly SemaphoreSlim _turn = new(1);
    private Participation? _participation;
    private Task _rejoining = Task.CompletedTask;
    private Cancelable? _ticks;
    private MemberInfo? _self;
    private Func<int> _shards = () => 0;
    private volatile bool _isLeaving;

    private Cluster(ExtendedActorSystem system)
    {
        _system = system;
        _log = Logging.GetLogger(system, typeof(Cluster));
        _refs = new RefTexts(system.Provider);
        Settings = ClusterSettings.From(system.Settings.Config);
        Messages = new MessageTypes(new ActorRefConverter(_refs));
        Settings.Messages.Register(Messages);
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterShardingShutdownRegion, "hand shards over", () => Done(HandOverAsync()));
        shutdown.AddTask(CoordinatedShutdown.PhaseClusterLeave, "leave the cluster", ct => Done(LeaveAsync(ct)));
        shutdown.AddTask(
            CoordinatedShutdown.PhaseClusterShutdown, "close the transport", () => Done(Transport is { } transport ? transport.DisposeAsync().AsTask() : Task.CompletedTask));
        system.RegisterOnTermination(Dispose);
    }

    /// <summary>How this system takes part.</summary>
    public ClusterSettings Settings { get; private set; }

    /// <summary>The types of messages that may travel. Register before the first message is sent.</summary>
    public MessageTypes Messages { get; }

    /// <summary>The transport; <c>null</c> before the first join.</summary>
    public ITransport? Transport => _participation?.Parts.Transport;

    /// <summary>Whether this system is a member now.</summary>
    public bool IsMember => _participation is { } participation && participation.Members.Any(member => member.Info.Id == participation.Parts.Self);

    /// <summary>The root of the addresses by which others know this system's actors.</summary>
    public Address SelfAddress => _system.Provider.DefaultAddress;

    /// <summary>The address of this life of the member.</summary>
    /// <exception cref="InvalidOperationException">The system has not joined.</exception>
    public UniqueAddress SelfUniqueAddress => SelfMember.UniqueAddress;

    /// <summary>This member as the others see it.</summary>
    /// <exception cref="InvalidOperationException">The system has not joined.</exception>
    public Member SelfMember => new(
        _self ?? throw new InvalidOperationException($"The system {_system.Name} has not joined a cluster: call JoinAsync first."),
        IsMember ? MemberStatus.Up : MemberStatus.Removed);

    /// <summary>All who are up now.</summary>
    public ClusterEvent.CurrentClusterState State => new(_participation?.Members ?? []);

    /// <summary>Frames and records that came from other members and were refused: not understood, too long, of types that are not registered.</summary>
    public long RefusedMessages => _participation?.Refused ?? 0;

    internal ExtendedActorSystem System => _system;

    internal Participation? Participation => _participation;

    internal bool IsLeaving => _isLeaving;

    /// <summary>The cluster membership of a system.</summary>
    /// <exception cref="ConfigurationException">A setting makes no sense.</exception>
    public static Cluster Get(ActorSystem system) => new Id().Get(system);

    /// <summary>Joins a cluster.</summary>
    /// <param name="transport">The way to the others; this object's from now on.</param>
    /// <param name="settings">In place of the system's own settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JoinRefusedException">A member refuses this one, or the name is taken. The system goes on without a cluster and may try again.</exception>
    /// <exception cref="TransportException">The broker cannot be reached or does not let this program in.</exception>
    /// <exception cref="ConfigurationException">A setting makes no sense.</exception>
    public Task JoinAsync(ITransport transport, ClusterSettings? settings = null, CancellationToken cancellationToken = default) =>
        JoinAsync(transport, settings, isObserver: false, cancellationToken);

    /// <summary>Looks at a cluster without being a member: sees all members and can send to their actors, is announced to nobody, owns no shards.</summary>
    /// <inheritdoc cref="JoinAsync(ITransport, ClusterSettings?, CancellationToken)"/>
    public Task ObserveAsync(ITransport transport, ClusterSettings? settings = null, CancellationToken cancellationToken = default) =>
        JoinAsync(transport, settings, isObserver: true, cancellationToken);

    /// <summary>Leaves: shards are handed over, what was sent goes out, the others see <see cref="ClusterEvent.MemberLeft"/>. A second call does nothing.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken = default)
    {
        _isLeaving = true;
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_participation is not { Parts.Transport.State: not TransportState.Closed } participation)
            {
                return;
            }
            await HandOverAsync().ConfigureAwait(false);
            await Task.WhenAll(participation.Links.All.Select(link => link.FlushedAsync())).WaitAsync(cancellationToken).ConfigureAwait(false);
            await participation.Parts.Transport.LeaveAsync(cancellationToken).ConfigureAwait(false);
            participation.End(MemberStatus.Exiting, "this member has left the cluster");
            _ticks?.Cancel();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes a member lost for everybody: one that is known to hang, or whose machine is gone for good.</summary>
    public async Task DownAsync(Address address, CancellationToken cancellationToken = default)
    {
        if (State.Members.FirstOrDefault(member => member.Address == address) is { } member)
        {
            await Transport!.ExpelAsync(member.Info.Id, "it was taken down by hand", cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a subscriber the events of some types from now on, after what led to the present.</summary>
    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, ClusterEvent.InitialStateAsSnapshot, to);

    /// <summary>Gives a subscriber the events of some types from now on, after what led to the present.</summary>
    /// <exception cref="InvalidOperationException">The system has not joined.</exception>
    public void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialStateMode, params Type[] to) =>
        (_participation ?? throw new InvalidOperationException($"The system {_system.Name} has not joined a cluster: call JoinAsync before subscribing."))
            .Subscribe(subscriber, initialStateMode, to);

    /// <summary>Takes all subscriptions of a subscriber back.</summary>
    public void Unsubscribe(IActorRef subscriber) => _system.EventStream.Unsubscribe(subscriber);

    /// <summary>What a member said about its load with its last heartbeat; <c>null</c> when it is not known.</summary>
    public MemberLoad? LoadOf(Member member) => _participation?.Heartbeats.LoadOf(member.Info.Id);

    /// <summary>Ends what runs beside the actors; the system does it when it has ended.</summary>
    public void Dispose()
    {
        _ticks?.Cancel();
        _ticks?.Dispose();
        _turn.Dispose();
    }

    internal void RegisterBeforeLeave(Func<Task> handOver)
    {
        lock (_beforeLeave)
        {
            _beforeLeave.Add(handOver);
        }
    }

    internal void CountShards(Func<int> count) => _shards = count;

    private async Task JoinAsync(ITransport transport, ClusterSettings? settings, bool isObserver, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_participation is { Parts.Transport.State: not TransportState.Closed })
            {
                throw new InvalidOperationException($"The system {_system.Name} is in a cluster already: let it leave first.");
            }
            Settings = (settings ?? Settings).Checked();
            if (Settings.Member.Length == 0)
            {
                throw new ConfigurationException("sluice.cluster.member is empty: give this member a name.");
            }
            var participation = new Participation(_system, Settings, Messages, _refs, transport, Expelled, () => _shards());
            _system.Provider.RemoteResolver = path => participation.Links.Resolve(path)!;
            _participation = participation;
            _isLeaving = false;
            await EnterAsync(participation, isObserver, cancellationToken).ConfigureAwait(false);
            _ticks?.Cancel();
            _ticks?.Dispose();
            _ticks = new Cancelable(_system.Scheduler);
            _system.Scheduler.Advanced.ScheduleRepeatedly(TimeSpan.Zero, Settings.HeartbeatInterval, participation.Tick, _ticks);
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task EnterAsync(Participation participation, bool isObserver, CancellationToken cancellationToken)
    {
        var id = new MemberId(Settings.Member, Random.Shared.Next(1, int.MaxValue));
        _self = new MemberInfo
        {
            Cluster = Settings.Name,
            System = _system.Name,
            Id = id,
            Roles = [.. Settings.Roles.Distinct().Order(StringComparer.Ordinal)],
            Version = typeof(Cluster).Assembly.GetName().Version?.ToString(3) ?? "0",
            Protocol = MemberInfo.CurrentProtocol,
            Since = _system.TimeProvider.GetUtcNow(),
            IsObserver = isObserver,
        };
        participation.Parts.Self = id;
        participation.Parts.IsObserver = isObserver;
        _system.Provider.DefaultAddress = new Address("sluice", _system.Name, id.Name, id.Incarnation);
        return participation.Parts.Transport.JoinAsync(_self, participation, cancellationToken);
    }

    private void Expelled(string reason)
    {
        if (_isLeaving)
        {
            return;
        }
        if (Settings.WhenExpelled == WhenExpelled.Terminate)
        {
            _log.Error("The system ends, because the cluster has lost it: {0}", reason);
            _ = _system.Terminate();
            return;
        }
        _rejoining = Task.Run(RejoinAsync);
    }

    private async Task RejoinAsync()
    {
        while (!_isLeaving)
        {
            await _turn.WaitAsync().ConfigureAwait(false);
            try
            {
                await EnterAsync(_participation!, _self!.IsObserver, CancellationToken.None).ConfigureAwait(false);
                _log.Info("This member has joined again as {0}", _self!.Id);
                return;
            }
            catch (Exception failure) when (failure is JoinRefusedException or TransportException)
            {
                _log.Warning("This member cannot join again yet: {0}", failure.Message);
            }
            finally
            {
                _turn.Release();
            }
            await Task.Delay(RejoinPause, _system.TimeProvider).ConfigureAwait(false);
        }
    }

    private Task HandOverAsync()
    {
        Func<Task>[] all;
        lock (_beforeLeave)
        {
            all = [.. _beforeLeave];
        }
        return Task.WhenAll(all.Select(one => one()));
    }

    private static async Task<Done> Done(Task task)
    {
        await task.ConfigureAwait(false);
        return Kernel.Done.Instance;
    }

    private sealed class Id : ExtensionIdProvider<Cluster>
    {
        public override Cluster CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
