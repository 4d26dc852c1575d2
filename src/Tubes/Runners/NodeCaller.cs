using System.Runtime.ExceptionServices;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Specification;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners;

/// <summary>Calls nodes one at a time, does what their error policy says, and hands the results to the scheduler and to those who listen.</summary>
internal sealed class NodeCaller
{
    private readonly TubeRunner _runner;
    private readonly Scheduler _scheduler;
    private readonly TubeWatch _watch;
    private readonly NodeInvocation[] _calls;
    private readonly List<EventPlace> _written = [];
    private readonly List<TubeEvent> _events = [];
    private readonly (int Signal, int Asset)[][] _stores;
    private int? _failed;
    private long _epochTicks;

    public NodeCaller(TubeRunner runner, Scheduler scheduler)
    {
        _runner = runner;
        _scheduler = scheduler;
        _watch = runner.Watching;
        _calls = [.. scheduler.Plan.NodeArray.Select(node => new NodeInvocation(node, runner.AssetStore, runner.GetContext()))];
        _stores = [.. scheduler.Plan.NodeArray.Select(Stores)];
    }

    /// <summary>The node that failed and shall be disabled, once.</summary>
    public int? TakeFailed()
    {
        var failed = _failed;
        _failed = null;
        return failed;
    }

    /// <summary>
    /// An epoch begins. While nobody listens, its events bear this time should they be asked for later; reading the clock for every call would
    /// cost as much as the call.
    /// </summary>
    public void BeginEpoch() => _epochTicks = UtcTicks();

    /// <summary>The calls of a node, one after another.</summary>
    public NodeInvocation CallOf(PlanNode node) => _calls[node.Index];

    /// <summary>Calls a node and completes it. Completes synchronously, without allocating, when the node does.</summary>
    public ValueTask CallAsync(ReadyNode ready, CancellationToken cancellationToken)
    {
        var call = _calls[ready.Node.Index];
        call.Begin(ready, cancellationToken);
        if (ready.Node.NodeAssets.Count > 0)
        {
            return WithAssetsAsync(call, cancellationToken);
        }

        try
        {
            var pending = Start(call);
            if (!pending.IsCompleted)
            {
                return AwaitAsync(call, pending, cancellationToken);
            }

            pending.GetAwaiter().GetResult();
            _runner.AfterCall(call);
        }
        catch (Exception failure)
        {
            return FailedAsync(call, failure, cancellationToken);
        }

        Complete(call);
        return ValueTask.CompletedTask;
    }

    private ValueTask Start(NodeInvocation call)
    {
        _runner.CollectInput(call);
        _runner.BeforeCall(call);
        return _watch.IsOn ? call.WatchedAsync(_runner) : _runner.CallAsync(call);
    }

    private async ValueTask AwaitAsync(NodeInvocation call, ValueTask pending, CancellationToken cancellationToken)
    {
        try
        {
            await pending.ConfigureAwait(false);
            _runner.AfterCall(call);
        }
        catch (Exception failure)
        {
            await FailedAsync(call, failure, cancellationToken).ConfigureAwait(false);
            return;
        }

        Complete(call);
    }

    private async ValueTask WithAssetsAsync(NodeInvocation call, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        try
        {
            await call.CreateAssetsAsync(cancellationToken).ConfigureAwait(false);
            await AwaitAsync(call, Start(call), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await call.ReleaseAssetsAsync(failures).ConfigureAwait(false);
        }

        if (failures.Count > 0)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }
    }

    /// <summary>The node failed: does what its policy says. What is not a failure of the node goes on up.</summary>
    public async ValueTask FailedAsync(NodeInvocation call, Exception failure, CancellationToken cancellationToken)
    {
        if (failure is EndOfSourceException || (failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        if (call.Node.OnError is ErrorPolicy.Retry retry)
        {
            var last = await RetryAsync(call, retry, failure, cancellationToken).ConfigureAwait(false);
            if (last is null)
            {
                Complete(call);
                return;
            }

            failure = last;
        }

        var report = NodeFailure.Of(call, failure);
        _runner.Failed(report);
        switch (call.Node.OnError)
        {
            case ErrorPolicy.SkipEpoch:
                _runner.Warn($"{report} The epoch is skipped.");
                _scheduler.Skip(call.Frame.Root, failure);
                Tell();
                break;
            case ErrorPolicy.Disable:
                _runner.Warn($"{report} The node is disabled.");
                _failed = call.Node.Index;
                Array.Fill(call.Results, NoEvent.Value);
                Complete(call);
                break;
            default:
                ExceptionDispatchInfo.Throw(failure);
                break;
        }
    }

    private async ValueTask<Exception?> RetryAsync(NodeInvocation call, ErrorPolicy.Retry retry, Exception failure, CancellationToken cancellationToken)
    {
        var backoff = retry.Backoff;
        for (var attempt = 0; attempt < retry.Times; attempt++, backoff *= 2)
        {
            if (backoff > TimeSpan.Zero)
            {
                await Task.Delay(backoff, _runner.GetContext().Time, cancellationToken).ConfigureAwait(false);
            }

            try
            {
                await Start(call).ConfigureAwait(false);
                _runner.AfterCall(call);
                return null;
            }
            catch (Exception again) when (again is not EndOfSourceException && !cancellationToken.IsCancellationRequested)
            {
                failure = again;
            }
        }

        return failure;
    }

    /// <summary>Books what a call gave.</summary>
    public void Complete(NodeInvocation call)
    {
        if (call.Node.Kind == NodeKind.Return)
        {
            call.CollectReturn();
        }

        foreach (var (signal, asset) in _stores[call.Node.Index])
        {
            if (!ReferenceEquals(call.Results[signal], NoEvent.Value))
            {
                _runner.AssetStore.Store(asset, call.Results[signal]);
            }
        }

        var wanted = _runner.WantsEvents;
        _scheduler.Complete(new ReadyNode(call.Frame, call.Node), call.Results, wanted ? UtcTicks() : _epochTicks, wanted ? _written : null);
        if (wanted)
        {
            Tell();
        }
        else
        {
            _scheduler.ClearEnded();
        }
    }

    private void Tell()
    {
        if (_runner.WantsEvents)
        {
            foreach (var place in _written)
            {
                _events.Add(place.Event);
            }

            var ticks = UtcTicks();
            foreach (var ended in _scheduler.Ended)
            {
                _events.Add(new TubeEvent(_runner.NewEventId(), ticks, TubeEvent.MetaNode, TubeEvent.EpochEnded, ended.Epoch, ended.Epoch));
            }

            _runner.HandleEvents(_events);
        }

        _written.Clear();
        _events.Clear();
        _scheduler.ClearEnded();
    }

    private long UtcTicks() => _runner.GetContext().Time.GetUtcNow().UtcTicks;

    private (int Signal, int Asset)[] Stores(PlanNode node)
    {
        var plan = _scheduler.Plan;
        return [.. plan.Tube.Assets
            .Select((asset, index) => (asset.Specification.Depends, index))
            .Where(pair => pair.Depends?.Node == node.Id)
            .Select(pair => (Signal: LooseName.IndexOf(node.Code.Signals, signal => signal.Name, pair.Depends!.Signal), pair.index))
            .Where(pair => pair.Signal >= 0)];
    }
}
