using Sluice.Cluster.Wire;
using Sluice.Kernel;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Sharding;

/// <summary>A member's part in one kind of entities: publishes messages to them, and starts and ends the shards that this member is to own.</summary>
internal sealed class ShardRegionActor : ReceiveActor, IWithTimers
{
    private const int LongestId = 300;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<int, (IActorRef Actor, bool IsLeaving)> _shards = [];
    private readonly RegionParts _parts;
    private readonly List<IActorRef> _leavers = [];
    private bool _isLeaving;

    public ShardRegionActor(RegionParts parts)
    {
        _parts = parts;
        Receive<ClusterEvent.CurrentClusterState>(_ => RebalanceLater());
        Receive<ClusterEvent.MemberRemoved>(OnRemoved);
        Receive<ClusterEvent.IMemberEvent>(_ => RebalanceLater());
        Receive<Rebalance>(_ => OnRebalance());
        Receive<Terminated>(terminated => OnTerminated(terminated.ActorRef));
        Receive<HandAllOver>(_ => OnHandAllOver());
        Receive<GetShardRegionState>(_ => OnGetState());
        ReceiveAny(Send);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        if (!_parts.IsProxy)
        {
            _parts.Cluster.Subscribe(Self, typeof(ClusterEvent.IMemberEvent));
        }
    }

    private void OnRemoved(ClusterEvent.MemberRemoved removed)
    {
        if (removed.Member.Name == _parts.Cluster.Settings.Member)
        {
            // An expelled member's claims are void, however soon it is back: its next life claims anew.
            EndAllShards();
        }
        RebalanceLater();
    }

    private void RebalanceLater()
    {
        var delay = _parts.Cluster.Settings.Sharding.RebalanceDelay;
        if (delay == TimeSpan.Zero)
        {
            OnRebalance();
        }
        else if (!Timers.IsTimerActive("rebalance"))
        {
            Timers.StartSingleTimer("rebalance", Rebalance.Instance, delay);
        }
    }

    private void OnRebalance()
    {
        var owners = _parts.Cluster.State.Members
            .Where(member => _parts.Settings.Role is not { } role || member.HasRole(role))
            .Select(member => member.Name).ToArray();
        var self = _parts.Cluster.Settings.Member;
        var mine = ShardAllocation.Owners(_parts.TypeName, _parts.NumberOfShards, owners);
        foreach (var shard in _parts.ShardsInOrder)
        {
            var isMine = mine[shard] == self && !_isLeaving;
            if (isMine && !_shards.ContainsKey(shard))
            {
                Start(shard);
            }
            else if (!isMine)
            {
                HandOff(shard);
            }
        }
    }

    private void Start(int shard)
    {
        var parts = _parts;
        var actor = Context.ActorOf(Props.Create(() => new ShardActor(parts, shard)), $"shard-{shard}");
        Context.Watch(actor);
        _shards[shard] = (actor, false);
    }

    private void HandOff(int shard)
    {
        if (_shards.TryGetValue(shard, out var one) && !one.IsLeaving)
        {
            _shards[shard] = (one.Actor, true);
            one.Actor.Tell(Sharding.HandOff.Instance);
        }
    }

    private void OnTerminated(IActorRef actor)
    {
        if (_shards.FirstOrDefault(one => one.Value.Actor.Equals(actor)) is { Value.Actor: not null } ended)
        {
            _shards.Remove(ended.Key);
            AnswerOnceAllAreGone();

            // It may be ours again in the meantime.
            Self.Tell(Rebalance.Instance);
        }
    }

    private void OnHandAllOver()
    {
        _isLeaving = true;
        _leavers.Add(Sender);
        EndAllShards();
        AnswerOnceAllAreGone();
    }

    private void EndAllShards()
    {
        foreach (var shard in _shards.Keys.ToArray())
        {
            HandOff(shard);
        }
    }

    private void AnswerOnceAllAreGone()
    {
        if (_shards.Count == 0)
        {
            _leavers.ForEach(leaver => leaver.Tell(Done.Instance));
            _leavers.Clear();
        }
    }

    private void OnGetState()
    {
        var asked = _shards.Values.Select(one => StateOfAsync(one.Actor)).ToArray();
        AnswerAsync().PipeTo(Sender, Self);

        async Task<CurrentShardRegionState> AnswerAsync() =>
            new([.. (await Task.WhenAll(asked).ConfigureAwait(false)).OfType<ShardState>().OrderBy(state => state.Shard)]);
    }

    /// <returns>Nothing for a shard that ends instead of answering.</returns>
    private static async Task<ShardState?> StateOfAsync(IActorRef shard)
    {
        using var ended = new CancellationTokenSource();
        var state = shard.Ask<ShardState>(GetShardRegionState.Instance, ended.Token);
        var first = await Task.WhenAny(state, shard.WatchAsync(ended.Token)).ConfigureAwait(false);
        var answer = first == state ? await state.ConfigureAwait(false) : null;
        await ended.CancelAsync().ConfigureAwait(false);
        return answer;
    }

    private void Send(object message)
    {
        if (_parts.Extractor.EntityId(message) is not { } id || _parts.Extractor.EntityMessage(message) is not { } inner)
        {
            Unhandled(message);
            return;
        }
        if (id.Length is 0 or > LongestId)
        {
            _parts.Lose(id, inner, Sender, $"the name of an entity has 1 to {LongestId} characters");
            return;
        }
        try
        {
            _parts.OutboxOf(id).Tell(id, inner, Sender);
        }
        catch (MessageRefusedException refused)
        {
            _log.Error("{0}", refused.Message);
            _parts.Lose(id, inner, Sender, refused.Message);
        }
    }
}
