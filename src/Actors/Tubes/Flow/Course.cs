using Sluice.Actors.Tubes.Runs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Specification;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>
/// The epochs of a run on their way: begins them, hands out their calls, takes what comes back, delivers results in order, and decides
/// what a failure does. Knows no thread and waits for nothing; it has one owner at a time, the runner actor or a burst that it was lent to.
/// </summary>
internal sealed class Course
{
    private readonly TubePlan _plan;
    private readonly ICourseHost _host;
    private readonly CallBook _book;
    private readonly NodeLane[] _lanes;
    private readonly EpochQueue _epochs;
    private readonly Queue<NodeTask> _quick = [];
    private readonly List<ReadyNode> _batch = [];
    private readonly List<int> _disabled = [];
    private readonly int _sources;
    private readonly int _epochsInFlight;
    private readonly Express _express;
    private RunFailure? _failure;
    private Exception? _broken;

    public Course(ICourseHost host, TubePlan plan, CallBook book, AsyncRunnerOptions options)
    {
        (_host, _plan, _book) = (host, plan, book);
        _lanes = [.. plan.Nodes.Select(node => new NodeLane(this, node, book, node.IsStateful ? 1 : options.CallsPerNode))];
        _sources = _lanes.Count(lane => lane.IsSource);
        _epochs = new EpochQueue(book, host);
        _express = new Express(book, _lanes);

        // A node that is disabled by its failure must not have been called in later epochs.
        _epochsInFlight = plan.Nodes.Any(node => node.OnError is ErrorPolicy.Disable) ? 1 : options.EpochsInFlight;
    }

    public TubeRun? Run { get; private set; }

    public long NextEpoch => _book.Scheduler.NextEpoch;

    public bool HasWork => _plan.HasWork;

    public CallBook Book => _book;

    public AssetsInFlight Assets => _epochs.Assets;

    /// <summary>The run has failed or was cancelled, and waits for calls that go on; not for ever.</summary>
    public bool IsWindingUp => Run is not null && _failure is not null;

    public bool IsCancelled => _failure is { IsCancellation: true };

    /// <summary>The last epoch that was delivered or failed.</summary>
    public EpochFrame? Last => _epochs.Last;

    public void Attach(Func<PlanNode, IActorRef> actorOf, IActorRef runner)
    {
        foreach (var lane in _lanes)
        {
            lane.Attach(actorOf(lane.Node), runner);
        }
    }

    public void Start(TubeRun run)
    {
        if (_broken is { } broken)
        {
            run.End(new RunEnd(broken, []));
            return;
        }

        Run = run;
        _failure = null;
        _disabled.Clear();
        _epochs.Start(run);
    }

    /// <summary>Sends slow calls off, and says whether there are quick ones to be made. The run ends here when nothing is left of it.</summary>
    public bool HasQuick()
    {
        do
        {
            while (_quick.TryPeek(out var task))
            {
                if (!task.Epoch.IsAbandoned)
                {
                    return true;
                }

                Settle(_quick.Dequeue());
            }
        }
        while (TakeReady() || (!IsExpressNext && TryBegin()));

        if (_quick.Count == 0 && IsExpressNext)
        {
            return true;
        }

        Run?.Flush();
        EndIfOver();
        return false;
    }

    /// <summary>Makes quick calls until there are none, or the course is wanted. False when it was taken away in a call.</summary>
    public bool TryDrive(IPassage passage)
    {
        while (!passage.IsWanted && HasQuick())
        {
            if (_quick.TryDequeue(out var task))
            {
                if (!TryGoOn(task, passage.Call(task)))
                {
                    return false;
                }
            }
            else if (!TryDriveExpress(passage))
            {
                return false;
            }
        }

        Run?.Flush();
        return true;
    }

    /// <summary>A call has come back, without a failure of the node's.</summary>
    public void CameBack(NodeTask task)
    {
        if (task.Taken > TimeSpan.Zero)
        {
            task.Lane.Pace.Measured(task.Taken);
        }

        var epoch = task.Epoch;
        if (epoch.IsAbandoned)
        {
            Settle(task);
        }
        else if (task.Error is { } end)
        {
            Settle(task);
            Fail(epoch, end);
        }
        else
        {
            Complete(task);
        }
    }

    /// <summary>The course was taken back from a call that takes too long: the call goes on.</summary>
    public void TakenBack(NodeTask task)
    {
        task.Lane.Pace.BecomeSlow();
        if (_express.IsOn)
        {
            HandOver(task);
        }
    }

    /// <summary>A node has failed. Gives how long to wait until the call is to be made again, or null when it is not.</summary>
    public TimeSpan? Failed(NodeTask task)
    {
        var (epoch, error) = (task.Epoch, task.Error!);
        if (epoch.IsAbandoned)
        {
            Settle(task);
            return null;
        }

        switch (task.Lane.Node.OnError)
        {
            case ErrorPolicy.Retry retry when task.Repeats < retry.Times:
                return retry.Backoff * Math.Pow(2, task.Repeats++);
            case ErrorPolicy.SkipEpoch:
                _book.Report(task.Call, error, "The epoch is skipped.");
                Settle(task);
                _epochs.Skip(epoch);
                DropCalls([epoch]);
                break;
            case ErrorPolicy.Disable:
                _book.Report(task.Call, error, "The node is disabled.");
                _disabled.Add(task.Lane.Node.Index);
                Array.Fill(task.Call.Results, Sluice.Tubes.NoEvent.Value);
                Complete(task);
                break;
            default:
                _book.Report(task.Call, error, null);
                Settle(task);
                Fail(epoch, error);
                break;
        }

        return null;
    }

    /// <summary>A failed call may be made again.</summary>
    public void Again(NodeTask task)
    {
        if (task.Epoch.IsAbandoned)
        {
            Settle(task);
        }
        else
        {
            Send(task);
        }
    }

    /// <summary>The caller wants no more.</summary>
    public void Cancel()
    {
        if (Run is not { } run)
        {
            return;
        }

        _failure = new RunFailure(long.MinValue, new OperationCanceledException(run.CancellationToken)) { IsCancellation = true };
        AbandonFrom(null);
    }

    /// <summary>The course itself went wrong: everything is given up, and no other run can begin.</summary>
    public void Break(Exception failure)
    {
        _broken = failure;
        if (Run is { } run)
        {
            Run = null;
            run.StopCalls();
            run.End(new RunEnd(failure, []));
        }
    }

    /// <summary>Calls that go on have had their time: they are cancelled and left behind, and the run ends without them.</summary>
    public void GiveUpCalls()
    {
        if (!IsWindingUp)
        {
            return;
        }

        AbandonFrom(null);
        Run!.StopCalls();
        EndNow(LeftBehind());
    }

    /// <summary>The assets of the next epoch are made, or could not be.</summary>
    public void AssetsMade(object?[]? assets, Exception? failure)
    {
        _epochs.Assets.Made(assets);
        if (failure is not null)
        {
            _failure ??= new RunFailure(long.MaxValue, failure);
        }

        if (_failure is not null)
        {
            _epochs.Assets.Stop();
        }
    }

    /// <summary>The assets of an epoch are released, the last thing that an epoch does; or assets that no epoch needed.</summary>
    public void AssetsReleased(AssetRelease release, Exception? failure)
    {
        _epochs.Assets.Released(release);
        if (release.Epoch is not { } epoch || !_epochs.Holds(epoch))
        {
            return;
        }

        if (failure is not null)
        {
            Fail(epoch, failure);
        }
        else
        {
            _epochs.Closed(epoch);
        }
    }

    /// <summary>A nested tube has told an event in a call of its node.</summary>
    public void Nested(string node, TubeEvent happened)
    {
        var epoch = Array.Find(_lanes, lane => lane.Node.Id == node)?.Latest?.Epoch;
        var own = _host.Renumber(node, happened);
        if (epoch is null || epoch == _epochs.Head)
        {
            _host.HandleEvents([own]);
        }
        else
        {
            epoch.Untold.Add(own);
        }
    }

    private bool TakeReady()
    {
        _batch.Clear();
        _book.Scheduler.TakeReady(_batch);
        _host.FilterReady(_batch);
        foreach (var ready in _batch)
        {
            Take(ready);
        }

        return _batch.Count > 0;
    }

    private void Take(ReadyNode ready)
    {
        var lane = _lanes[ready.Node.Index];
        var task = lane.Rent((EpochInFlight)ready.Frame.Root.Attached!, ready, Run!.NodeToken);
        _epochs.CallTaken(task.Epoch);
        if (lane.IsManifold && _host.WantsEvents)
        {
            task.IsInOrder = true;
            task.Epoch.InOrder(lane).Enqueue(task);
        }

        if (lane.IsOpen)
        {
            StartCall(task);
        }
        else
        {
            lane.Wait(task);
        }
    }

    private bool TryDriveExpress(IPassage passage)
    {
        do
        {
            Run!.Left--;
            _express.Begin(Run);
            if (_express.Drive(passage, out var outcome) is { } task)
            {
                if (outcome == CallOutcome.Lost)
                {
                    return false;
                }

                HandOver(task);
                return TryGoOn(task, outcome);
            }
        }
        while (!passage.IsWanted && IsExpressNext);

        return true;
    }

    private bool TryGoOn(NodeTask task, CallOutcome outcome)
    {
        switch (outcome)
        {
            case CallOutcome.Done:
                CameBack(task);
                break;
            case CallOutcome.Failed:
                task.Answer();
                break;
        }

        return outcome != CallOutcome.Lost;
    }

    private void HandOver(NodeTask task)
    {
        _epochs.ForgetLast();
        var (epoch, ready) = _express.HandOver(_epochs, task, _sources);
        task.Lane.CallsOut++;
        task.Lane.Latest = task;
        _epochs.CallTaken(epoch);
        ready.ForEach(Take);
    }

    /// <summary>Whether the next epoch goes by the express line: nothing else is on its way, and nobody listens.</summary>
    private bool IsExpressNext => _epochs.IsEmpty && CanBegin && !_host.WantsEvents && _express.IsFree && Run!.HasRoom;

    private bool CanBegin => Run is { Left: > 0 } && _failure is null && _disabled.Count == 0;

    private bool TryBegin()
    {
        if (!CanBegin || !_epochs.MayBegin(_epochsInFlight) || !Run!.HasRoom || _epochs.Assets.Take() is not { } assets)
        {
            return false;
        }

        Run.Left--;
        _epochs.Begin(Run, assets, _sources);
        return true;
    }

    private void StartCall(NodeTask task)
    {
        task.Lane.CallsOut++;
        Send(task);
    }

    private void Send(NodeTask task)
    {
        task.Lane.Latest = task;
        if (task.Lane.Pace.IsQuick && !(task.Lane.IsTube && _host.WantsEvents))
        {
            _quick.Enqueue(task);
        }
        else
        {
            task.Lane.Actor.Tell(task, task.Lane.Runner);
        }
    }

    private void Complete(NodeTask task)
    {
        if (!task.IsInOrder)
        {
            BookCall(task);
            return;
        }

        task.IsBack = true;
        var order = task.Epoch.InOrder(task.Lane);
        while (order.TryPeek(out var first) && first.IsBack)
        {
            order.Dequeue();
            BookCall(first);
        }
    }

    private void BookCall(NodeTask task)
    {
        var epoch = task.Epoch;
        _book.Complete(task.Call, _epochs.EventsOf(epoch));
        if (task.Lane.IsSource)
        {
            epoch.SourcesLeft--;
        }

        Settle(task);
        _epochs.Booked(epoch);
    }

    /// <summary>The call is over, whatever came of it.</summary>
    private void Settle(NodeTask task)
    {
        var lane = task.Lane;
        lane.CallsOut--;
        _epochs.CallOver(task.Epoch);
        lane.Return(task);
        if (lane.NextWaiting() is { } next)
        {
            StartCall(next);
        }
    }

    /// <summary>The epoch and all later ones are given up; earlier ones go on. The failure of the earliest epoch is the run's.</summary>
    private void Fail(EpochInFlight epoch, Exception failure)
    {
        var number = epoch.Root.Epoch.Root;
        if (_failure is null || number < _failure.Epoch)
        {
            _failure = new RunFailure(number, failure);
        }

        AbandonFrom(epoch);
    }

    private void AbandonFrom(EpochInFlight? epoch) => DropCalls(_epochs.AbandonFrom(epoch));

    /// <summary>Calls that wait, for their turn or to be booked, need not wait any longer.</summary>
    private void DropCalls(IReadOnlyList<EpochInFlight> abandoned)
    {
        foreach (var held in abandoned.SelectMany(epoch => epoch.HeldBack).ToList())
        {
            Settle(held);
        }

        foreach (var lane in _lanes)
        {
            foreach (var dropped in lane.DropAbandoned())
            {
                _epochs.CallOver(dropped.Epoch);
                lane.Return(dropped);
            }
        }
    }

    private void EndIfOver()
    {
        if (Run is not { } run)
        {
            return;
        }

        if (!_epochs.IsEmpty)
        {
            CheckStall();
        }
        else if (_failure is not null || _disabled.Count > 0 || run.Left == 0)
        {
            EndNow(null);
        }
    }

    private void CheckStall()
    {
        if (_epochs.IsStalled)
        {
            var head = _epochs.Head!;
            var waiting = string.Join("; ", _book.Scheduler.Waiting(head.Root));
            Fail(head, new EpochStalledException(
                $"Epoch {head.Root.Epoch} of the tube {_plan.Tube.Id} cannot go on: {waiting}. Let these nodes be called, or disable them."));
            EndIfOver();
        }
    }

    private void EndNow(string? leftBehind)
    {
        var run = Run!;
        Run = null;
        var failure = _failure?.Cause;
        if (_failure is { IsCancellation: true })
        {
            failure = new OperationCanceledException(
                $"The run of the tube {_plan.Tube.Id} was cancelled.{(leftBehind is null ? "" : " " + leftBehind)}", run.CancellationToken);
        }

        run.End(failure is null && _disabled.Count == 0 ? RunEnd.Done : new RunEnd(failure, [.. _disabled]));
    }

    private string? LeftBehind()
    {
        var nodes = string.Join(", ", _lanes.Where(lane => lane.CallsOut > 0).Select(lane => lane.Node.Id));
        if (nodes.Length == 0)
        {
            return null;
        }

        var sentence = $"Left behind in a call that does not end: {nodes}; let it watch its CancellationToken.";
        _host.Warn($"{_plan.Tube.Id}: {sentence}");
        return sentence;
    }

    private sealed record RunFailure(long Epoch, Exception Cause)
    {
        public bool IsCancellation { get; init; }
    }
}
