using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>Takes epochs of a <see cref="SyncRunner"/> along a straight line. The first call that fails leaves it: the scheduler takes the epoch over as it stands.</summary>
internal sealed class SyncLine
{
    private readonly SyncRunner _runner;
    private readonly Scheduler _scheduler;
    private readonly NodeCaller _caller;
    private readonly StraightLine _line;
    private readonly NodeInvocation[] _calls;
    private readonly int[] _places;

    private SyncLine(SyncRunner runner, Scheduler scheduler, NodeCaller caller, StraightLine line)
    {
        (_runner, _scheduler, _caller, _line) = (runner, scheduler, caller, line);
        _calls = [.. line.Order.Select(node => caller.CallOf(node))];
        _places = [.. scheduler.Plan.NodeArray.Select(node => Array.FindIndex(_calls, call => call.Node == node))];
    }

    /// <summary>The state of the latest epoch on the line.</summary>
    public EpochFrame Frame => _line.Frame;

    /// <summary>The line of a runner that leaves the hooks alone; null when its tube does not suit.</summary>
    public static SyncLine? Of(SyncRunner runner, Scheduler scheduler, NodeCaller caller) =>
        StraightLine.Of(new CallBook(runner, scheduler)) is { } line ? new SyncLine(runner, scheduler, caller, line) : null;

    /// <summary>One process call. Completes synchronously, without allocating, when the nodes do.</summary>
    public ValueTask<object?> ProcessAsync(object?[] inputs, CancellationToken cancellationToken)
    {
        _line.Begin(inputs);
        var pending = Drive(0, cancellationToken, out var place, out var failure);
        return place == _calls.Length ? new(_line.TakeResult())
            : failure is not null || pending.IsCompleted ? LeaveAsync(place, failure, cancellationToken)
            : AwaitAsync(place, pending, cancellationToken);
    }

    private async ValueTask<object?> AwaitAsync(int place, ValueTask pending, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        while (place < _calls.Length)
        {
            try
            {
                await pending.ConfigureAwait(false);
                _line.Complete(_calls[place]);
            }
            catch (Exception thrown)
            {
                // What it means is decided where all failures are.
                failure = thrown;
            }

            pending = failure is null ? Drive(place + 1, cancellationToken, out place, out failure) : default;
            if (place < _calls.Length && (failure is not null || pending.IsCompleted))
            {
                return await LeaveAsync(place, failure, cancellationToken).ConfigureAwait(false);
            }
        }

        return _line.TakeResult();
    }

    /// <summary>
    /// Makes the calls from a place on. Stops behind the last; at a call that goes on, which it gives; at one that failed; or before one,
    /// when the run is cancelled.
    /// </summary>
    private ValueTask Drive(int from, CancellationToken cancellationToken, out int place, out Exception? failure)
    {
        failure = null;
        for (place = from; place < _calls.Length; place++)
        {
            var call = _calls[place];
            if (!_line.TryPrepare(call, cancellationToken))
            {
                continue;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return default;
            }

            try
            {
                var pending = call.Node.Code.CallAsync(call.Inputs, call.Results, call.Call);
                if (!pending.IsCompleted)
                {
                    return pending;
                }

                pending.GetAwaiter().GetResult();
            }
            catch (Exception thrown)
            {
                failure = thrown;
                return default;
            }

            _line.Complete(call);
        }

        return default;
    }

    private ValueTask<object?> LeaveAsync(int place, Exception? failure, CancellationToken cancellationToken)
    {
        var root = _line.HandOver();
        (NodeInvocation, Exception)? failed = null;
        var (batch, others) = (new List<ReadyNode>(), new List<ReadyNode>());
        for (_scheduler.TakeReady(batch); batch.Count > 0; _scheduler.TakeReady(batch))
        {
            foreach (var ready in batch)
            {
                var call = _caller.CallOf(ready.Node);
                var at = _places[ready.Node.Index];
                call.MoveTo(ready.Frame);
                if (at < place)
                {
                    _caller.Complete(call);
                }
                else if (at == place && failure is not null)
                {
                    failed = (call, failure);
                }
                else
                {
                    others.Add(ready);
                }
            }

            batch.Clear();
        }

        return _runner.TakeOverAsync(root, others, failed, cancellationToken);
    }
}
