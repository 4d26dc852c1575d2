using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>Runs one node after another, one epoch after another: the reference for what a tube means.</summary>
public class SyncRunner : TubeRunner
{
    private readonly List<ReadyNode> _batch = [];
    private Scheduler _scheduler = null!;
    private NodeCaller _caller = null!;
    private SyncLine? _line;
    private SyncLine? _lastOn;
    private EpochFrame? _last;

    /// <summary>Makes a runner for a tube; nothing is initialised yet.</summary>
    public SyncRunner(Tube tube, RunnerOptions? options = null)
        : base(tube, options) =>
        FollowCurrent();

    /// <summary>The number of the next epoch.</summary>
    public long NextEpoch => _scheduler.NextEpoch;

    /// <summary>The events of the last epoch, in order: of each signal in each epoch the last.</summary>
    public IReadOnlyList<TubeEvent> Events => Last is { } last ? EventStore.All(last) : [];

    /// <summary>The last event of a signal in an epoch, or else in the nearest around it; without an epoch, in the latest that has one. Null when there is none.</summary>
    public TubeEvent? GetEvent(string node, string signal, Epoch? epoch = null) =>
        Last is { } last ? EventStore.Get(last, node, signal, epoch) : null;

    /// <inheritdoc/>
    public override object? CollectReturn(Epoch? epoch = null) =>
        Last is { } last && (epoch is null || epoch == last.Epoch) ? last.Return?.Take() : null;

    private EpochFrame? Last => _lastOn?.Frame ?? _last;

    /// <inheritdoc/>
    protected override void Follow(TubePlan plan, long firstEpoch)
    {
        (_last, _lastOn) = (null, null);
        _scheduler = Schedule(plan, firstEpoch);
        _caller = new NodeCaller(this, _scheduler);
        _line = GetType() == typeof(SyncRunner) ? SyncLine.Of(this, _scheduler, _caller) : null;
    }

    /// <inheritdoc/>
    protected override ValueTask<object?> ProcessCoreAsync(object?[] inputs, CancellationToken cancellationToken)
    {
        if (_last is not null)
        {
            _scheduler.Release(_last);
            _last = null;
        }

        // Nobody asks for what the scheduler knows and nobody has a say: then the calls can be made in the order that is known beforehand.
        if (_line is { } line && Running && !WantsEvents && !Watching.SeesReadiness && !Watching.SeesStalls)
        {
            _lastOn = line;
            return line.ProcessAsync(inputs, cancellationToken);
        }

        _lastOn = null;
        return ProcessScheduledAsync(inputs, cancellationToken);
    }

    /// <summary>Goes on with an epoch that has left the line: <paramref name="failed"/> is the call that failed, the others are still to be made.</summary>
    internal async ValueTask<object?> TakeOverAsync(
        EpochFrame root, List<ReadyNode> others, (NodeInvocation Call, Exception Failure)? failed, CancellationToken cancellationToken)
    {
        (_last, _lastOn) = (root, null);
        return await CarryOutAsync(root, Remaining, cancellationToken).ConfigureAwait(false);

        async ValueTask Remaining()
        {
            if (failed is var (call, failure))
            {
                await _caller.FailedAsync(call, failure, cancellationToken).ConfigureAwait(false);
            }

            _batch.Clear();
            _batch.AddRange(others);
            await CallBatchAsync(root, cancellationToken).ConfigureAwait(false);
            await RunEpochAsync(root, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<object?> ProcessScheduledAsync(object?[] inputs, CancellationToken cancellationToken)
    {
        if (!AssetStore.HasProcess)
        {
            return await ProcessWithAssetsAsync(inputs, [], cancellationToken).ConfigureAwait(false);
        }

        var failures = new List<Exception>();
        var assets = await AssetStore.CreateProcessAsync(cancellationToken).ConfigureAwait(false);
        object? result;
        try
        {
            result = await ProcessWithAssetsAsync(inputs, assets, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await AssetStore.ReleaseProcessAsync(assets, failures).ConfigureAwait(false);
        }

        return failures.Count == 0 ? result : throw failures[0];
    }

    private async ValueTask<object?> ProcessWithAssetsAsync(object?[] inputs, object?[] assets, CancellationToken cancellationToken)
    {
        if (!Running)
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!_scheduler.Plan.HasWork)
        {
            return null;
        }

        _caller.BeginEpoch();
        var root = _scheduler.Begin(inputs);
        root.ProcessAssets = assets;
        _last = root;
        return await CarryOutAsync(root, Calls, cancellationToken).ConfigureAwait(false);

        async ValueTask Calls()
        {
            await BeforeProcessAsync(root.Epoch, cancellationToken).ConfigureAwait(false);
            await RunEpochAsync(root, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<object?> CarryOutAsync(EpochFrame root, Func<ValueTask> calls, CancellationToken cancellationToken)
    {
        try
        {
            await calls().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _scheduler.Abandon(root, failure);
            throw;
        }

        var result = root.IsAbandoned ? null : root.Return?.Take();
        if (_caller.TakeFailed() is { } failed)
        {
            await DisableFailedAsync(failed, _scheduler.NextEpoch).ConfigureAwait(false);
        }

        return await AfterProcessAsync(root.Epoch, result, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask RunEpochAsync(EpochFrame root, CancellationToken cancellationToken)
    {
        while (!root.IsEnded)
        {
            _batch.Clear();
            _scheduler.TakeReady(_batch);
            FilterReady(_batch);
            if (_batch.Count == 0)
            {
                throw _scheduler.StallOf(root);
            }

            await CallBatchAsync(root, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask CallBatchAsync(EpochFrame root, CancellationToken cancellationToken)
    {
        for (var index = 0; index < _batch.Count && !root.IsAbandoned; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var call = _caller.CallAsync(_batch[index], cancellationToken);
            if (!call.IsCompletedSuccessfully)
            {
                _scheduler.TellWaiting(root);
                await call.ConfigureAwait(false);
            }
        }
    }
}
