using Sluice.Tubes.Runners.Lines;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>Takes epochs of a <see cref="SyncRunner"/> along a straight line. The first call that fails leaves it: the scheduler takes the epoch over as it stands.</summary>
internal sealed class SyncLine
{
    private readonly SyncRunner _runner;
    private readonly CallBook _book;
    private readonly Scheduler _scheduler;
    private readonly NodeCaller _caller;
    private readonly StraightLine _line;
    private readonly IReadOnlyList<NodeInvocation> _calls;
    private readonly int[] _places;
    private readonly CallClock _clock = new();

    private SyncLine(SyncRunner runner, CallBook book, NodeCaller caller, StraightLine line)
    {
        (_runner, _book, _scheduler, _caller, _line) = (runner, book, book.Scheduler, caller, line);
        _calls = line.Calls;
        _places = [.. _scheduler.Plan.NodeArray.Select(node => line.Order.TakeWhile(other => other != node).Count())];
    }

    /// <summary>The state of the latest epoch on the line.</summary>
    public EpochFrame Frame => _line.Frame;

    /// <summary>The line of a runner that leaves the hooks alone; null when its tube does not suit.</summary>
    public static SyncLine? Of(SyncRunner runner, Scheduler scheduler, NodeCaller caller)
    {
        var book = new CallBook(runner, scheduler);
        return StraightLine.Of(book, caller.CallOf, keepsTime: true) is { } line ? new SyncLine(runner, book, caller, line) : null;
    }

    /// <summary>One process call. Completes synchronously, without allocating, when the nodes do.</summary>
    public ValueTask<object?> ProcessAsync(object?[] inputs, CancellationToken cancellationToken)
    {
        _line.Begin(inputs);
        var pending = Drive(0, cancellationToken, out var place, out var failure);
        return place == _calls.Count ? new(_line.TakeResult())
            : pending is { } call ? AwaitAsync(place, call, cancellationToken)
            : LeaveAsync(place, failure, cancellationToken);
    }

    private async ValueTask<object?> AwaitAsync(int place, ValueTask call, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        for (ValueTask? pending = call; pending is { } goesOn;)
        {
            try
            {
                await goesOn.ConfigureAwait(false);
                _line.Complete(_calls[place]);
            }
            catch (Exception thrown)
            {
                // What it means is decided where all failures are.
                failure = thrown;
            }

            pending = failure is null ? Drive(place + 1, cancellationToken, out place, out failure) : null;
        }

        return place == _calls.Count ? _line.TakeResult() : await LeaveAsync(place, failure, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Makes the calls from a place on. Stops behind the last; at a call that goes on, which it gives (and which may have ended by the time it is
    /// looked at); at one that failed; or before one, when the run is cancelled.
    /// </summary>
    private ValueTask? Drive(int from, CancellationToken cancellationToken, out int place, out Exception? failure)
    {
        failure = null;
        for (place = from; place < _calls.Count;)
        {
            if (_line.CanRun(place))
            {
                if (!TryRun(ref place, cancellationToken, out failure))
                {
                    return null;
                }

                continue;
            }

            var call = _calls[place];
            if (!_line.TryPrepare(call, cancellationToken))
            {
                place++;
                continue;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            var begun = _book.Begins(call);
            try
            {
                var pending = call.Node.Code.CallAsync(call.Inputs, call.Results, call.Call);
                if (!pending.IsCompleted)
                {
                    return _book.IsWatched ? new ValueTask(WatchedAsync(call, pending, begun)) : pending;
                }

                pending.GetAwaiter().GetResult();
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }

            _book.Ends(call, failure, begun);
            if (failure is not null)
            {
                return null;
            }

            _line.Complete(call);
            place++;
        }

        return null;
    }

    /// <summary>Makes the calls from a place on that are compiled. False when the epoch leaves the line.</summary>
    private bool TryRun(ref int place, CancellationToken cancellationToken, out Exception? failure)
    {
        switch (_line.Run(ref place, _clock, cancellationToken, out failure))
        {
            case LineStop.Failed:
                _line.TellFailed(place, failure!, cancellationToken);
                return false;
            case LineStop.NoEvent:
                place++;
                return true;
            case LineStop.Done:
                return true;
            default:
                return false;
        }
    }

    private async Task WatchedAsync(NodeInvocation call, ValueTask pending, long begun)
    {
        try
        {
            await pending.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _book.Ends(call, failure, begun);
            throw;
        }

        _book.Ends(call, null, begun);
    }

    private ValueTask<object?> LeaveAsync(int place, Exception? failure, CancellationToken cancellationToken)
    {
        var root = _line.HandOver(place, cancellationToken);
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

        _line.HandedOver();
        return _runner.TakeOverAsync(root, others, failed, cancellationToken);
    }
}
