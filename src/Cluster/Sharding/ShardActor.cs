using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Sharding;

/// <summary>
/// One shard that this member is to own: claims its queue, runs its entities while the broker says that it is the owner, gives it up in order
/// when another is to have it.
/// </summary>
internal sealed class ShardActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan ClaimPause = TimeSpan.FromSeconds(1);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Queue<EntityFrame> _held = new();
    private readonly RegionParts _parts;
    private readonly int _shard;
    private readonly ShardConsumer _consumer;
    private IQueueConsumption? _claim;
    private Entities? _entities;
    private long _token;
    private bool _isHandingOff;

    public ShardActor(RegionParts parts, int shard)
    {
        (_parts, _shard) = (parts, shard);
        _consumer = new ShardConsumer(Self, new FrameDecoder(parts.Remoting.Types, parts.Remoting.Refs), parts.Settings.Identify, reason => parts.Cluster.Participation!.AddRefusal(reason));
        Receive<ShardClaimed>(OnClaimed);
        Receive<Status.Failure>(OnClaimFailed);
        Receive<ClaimAgain>(_ => Claim());
        Receive<ShardActivated>(OnActivated);
        Receive<ShardDeactivated>(OnDeactivated);
        Receive<FrameDelivered>(OnDelivered);
        Receive<EntityAnswered>(OnAnswered);
        Receive<DeliverAgain>(_ => _entities?.DeliverRefused());
        Receive<StartEntity>(OnStartEntity);
        Receive<Passivate>(passivate => _entities?.Passivate(Sender, passivate.StopMessage));
        Receive<Terminated>(OnTerminated);
        Receive<HandOff>(_ => OnHandOff());
        Receive<HandOffTimedOut>(_ => OnHandOffTimedOut());
        Receive<ShardReleased>(_ => Context.Stop(Self));
        Receive<GetShardRegionState>(_ => Sender.Tell(State()));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>An entity that fails is made anew, with what it had not taken.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override void PreStart() => Claim();

    protected override void PostStop()
    {
        Inactive();
        if (_claim is { } claim)
        {
            _ = claim.ReleaseAsync();
        }
    }

    private void Claim()
    {
        var (transport, queue, prefetch, consumer) = (_parts.Remoting.Transport, _parts.QueueOf(_shard), _parts.Cluster.Settings.Sharding.Prefetch, _consumer);
        ClaimAsync().PipeTo(Self);

        async Task<ShardClaimed> ClaimAsync() =>
            new(await transport.ConsumeAsync(queue, prefetch, consumer, CancellationToken.None).ConfigureAwait(false));
    }

    private void OnClaimed(ShardClaimed claimed)
    {
        _claim = claimed.Claim;
        _log.Debug("Shard {0} of {1} is claimed", _shard, _parts.TypeName);
        if (_isHandingOff)
        {
            Release();
        }
        else
        {
            BeginIfPossible();
        }
    }

    private void OnClaimFailed(Status.Failure failure)
    {
        if (_isHandingOff)
        {
            Context.Stop(Self);
            return;
        }
        _log.Warning("Shard {0} of {1} cannot be claimed yet: {2}", _shard, _parts.TypeName, failure.Cause.Message);
        Timers.StartSingleTimer("claim", ClaimAgain.Instance, ClaimPause);
    }

    private void OnActivated(ShardActivated activated)
    {
        if (_isHandingOff)
        {
            return;
        }
        _token = activated.Token;
        _log.Debug("Shard {0} of {1} is active here with the token {2}", _shard, _parts.TypeName, _token);
        _parts.CountActive(1);
        BeginIfPossible();
    }

    /// <summary>Entities of the activation before may still be ending, and the claim may arrive behind what it brings.</summary>
    private void BeginIfPossible()
    {
        if (_token == 0 || _claim is null || _entities is not null || Context.GetChildren().Any())
        {
            return;
        }
        _entities = new Entities(
            _parts, _shard, _token, Context, Done, id => Timers.StartSingleTimer($"start {id}", new StartEntity(id), _parts.Settings.RetryPause));
        foreach (var id in _parts.Settings.StartEntities.Where(id => _parts.ShardOf(id) == _shard))
        {
            _entities.Start(id);
        }
        while (_held.TryDequeue(out var frame))
        {
            _entities.Deliver(frame);
        }
    }

    private void OnDeactivated(ShardDeactivated deactivated)
    {
        _log.Info("Shard {0} of {1} is not active here any more: {2}", _shard, _parts.TypeName, deactivated.Reason);
        _entities?.StopAll(null);
        Inactive();
        if (_isHandingOff)
        {
            ReleaseOnceAllEnded();
        }
    }

    private void Inactive()
    {
        if (_token != 0)
        {
            _parts.CountActive(-1);
        }
        _token = 0;
        _entities = null;
        _held.Clear();
    }

    private void OnDelivered(FrameDelivered delivered)
    {
        // What comes while the shard is handed over goes back to the queue with the release.
        if (_isHandingOff || delivered.Frame.Token != _token)
        {
            return;
        }
        if (_entities is { } entities)
        {
            entities.Deliver(delivered.Frame);
        }
        else
        {
            _held.Enqueue(delivered.Frame);
        }
    }

    private void OnAnswered(EntityAnswered answered)
    {
        if (answered.Item.Frame.Token != _token || _entities is null)
        {
            return;
        }
        _entities.Answered(answered.Item, answered.IsTaken);
        if (_entities.HasRefused && !_isHandingOff && !Timers.IsTimerActive("again"))
        {
            Timers.StartSingleTimer("again", DeliverAgain.Instance, _parts.Settings.RetryPause);
        }
    }

    private void OnStartEntity(StartEntity start)
    {
        if (!_isHandingOff)
        {
            _entities?.Start(start.Id);
        }
    }

    private void Done(EntityFrame frame)
    {
        if (_claim is { } claim)
        {
            _ = claim.AckAsync(frame.Tag).AsTask();
        }
    }

    private void OnTerminated(Terminated terminated)
    {
        _entities?.Ended(terminated.ActorRef, goesOn: !_isHandingOff);
        if (_isHandingOff)
        {
            ReleaseOnceAllEnded();
        }
        else
        {
            BeginIfPossible();
        }
    }

    private void OnHandOff()
    {
        _isHandingOff = true;
        Timers.StartSingleTimer("hand-off", HandOffTimedOut.Instance, _parts.Cluster.Settings.Sharding.HandOffTimeout);
        _entities?.StopAll(_parts.Settings.HandOffStopMessage);
        ReleaseOnceAllEnded();
    }

    private void OnHandOffTimedOut()
    {
        if (_entities is { AreGone: false } entities)
        {
            _log.Warning(
                "Entities of shard {0} of {1} did not stop within {2} and are given up: {3}",
                _shard, _parts.TypeName, _parts.Cluster.Settings.Sharding.HandOffTimeout, string.Join(", ", entities.Ids));
            entities.StopAll(null);
        }
        Release();
    }

    private void ReleaseOnceAllEnded()
    {
        if (_entities is null or { AreGone: true })
        {
            Release();
        }
    }

    private void Release()
    {
        if (_claim is { } claim)
        {
            ReleaseAsync(claim).PipeTo(Self, failure: _ => ShardReleased.Instance);
        }
    }

    private static async Task<ShardReleased> ReleaseAsync(IQueueConsumption claim)
    {
        await claim.ReleaseAsync().ConfigureAwait(false);
        return ShardReleased.Instance;
    }

    private ShardState State() => new(_shard, _token != 0, _token, _entities?.Ids ?? [], (_entities?.Open ?? 0) + _held.Sum(frame => frame.Items.Count));
}
