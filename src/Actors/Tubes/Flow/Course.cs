using System.Runtime.CompilerServices;
using Sluice.Actors.Tubes.Runs;
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
    private readonly EpochQueue _epochs;
    private readonly Calls _calls;
    private readonly Express _express;
    private readonly Ending _ending;
    private readonly List<ReadyNode> _batch = [];
    private readonly int _epochsInFlight;
    private Exception? _broken;

    public Course(ICourseHost host, TubePlan plan, CallBook book, AsyncRunnerOptions options)
    {
        (_host, _plan, _book) = (host, plan, book);
        _epochs = new EpochQueue(book, host);
        _calls = new Calls(this, host, book, _epochs, options.CallsPerNode);
        _express = new Express(book, _calls.Lanes);
        _ending = new Ending(plan.Tube.Id);
        Outcomes = new Outcomes(book, _epochs, _calls, _ending);

        // A node that is disabled by its failure must not have been called in later epochs.
        _epochsInFlight = plan.Nodes.Any(node => node.OnError is ErrorPolicy.Disable) ? 1 : options.EpochsInFlight;
    }

    public TubeRun? Run { get; private set; }

    public long NextEpoch => _book.Scheduler.NextEpoch;

    public bool HasWork => _plan.HasWork;

    public CallBook Book => _book;

    public AssetsInFlight Assets => _epochs.Assets;

    /// <summary>The run has failed or was cancelled, and waits for calls that go on; not for ever.</summary>
    public bool IsWindingUp => Run is not null && _ending.IsUrgent;

    public bool IsCancelled => _ending.IsCancelled;

    /// <summary>The last epoch that was delivered or failed.</summary>
    public EpochFrame? Last => _epochs.Last;

    /// <summary>Takes what comes back to the course.</summary>
    public Outcomes Outcomes { get; }

    public void Attach(Func<PlanNode, IActorRef> actorOf, IActorRef runner) => _calls.Attach(actorOf, runner);

    public void Start(TubeRun run)
    {
        if (_broken is { } broken)
        {
            run.End(new RunEnd(broken, []));
            return;
        }

        Run = run;
        _ending.Clear();
        _epochs.Start(run);
    }

    /// <summary>Sends slow calls off, and says whether there are quick ones to be made. The run ends here when nothing is left of it.</summary>
    public bool HasQuick()
    {
        do
        {
            if (_calls.HasQuick())
            {
                return true;
            }
        }
        while (TakeReady() || (!IsExpressFree && TryBegin()));

        if (IsExpressNext)
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
            if (_calls.TryTakeQuick(out var task))
            {
                if (!TryGoOn(task, passage.Call(task, task.Lane.Pace.IsMeasureDue)))
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

    /// <summary>The course was taken back from a call that takes too long: the call goes on.</summary>
    public void TakenBack(NodeTask task)
    {
        task.Lane.Pace.BecomeSlow();
        if (_express.IsOn)
        {
            HandOver(task);
        }
    }

    /// <summary>The caller wants no more.</summary>
    public void Cancel()
    {
        if (Run is not null)
        {
            _ending.Cancel();
            Outcomes.AbandonFrom(null, new OperationCanceledException(Run.CancellationToken));
        }
    }

    /// <summary>The course itself went wrong: everything is given up, and no other run can begin.</summary>
    public void Break(Exception failure)
    {
        _broken = failure;
        if (Run is { } run)
        {
            Run = null;
            run.Flush();
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

        Outcomes.AbandonFrom(null, _ending.Failure ?? new OperationCanceledException(Run!.CancellationToken));
        Run!.StopCalls();
        EndNow(_calls.LeaveBehind());
    }

    /// <summary>A nested tube has told an event in a call of its node.</summary>
    public void Nested(string node, TubeEvent happened) => _epochs.Tell(_calls.EpochOf(node), _host.Renumber(node, happened));

    private bool TakeReady()
    {
        _batch.Clear();
        _book.Scheduler.TakeReady(_batch);
        foreach (var ready in _batch)
        {
            _calls.Take(ready, Run!.NodeToken);
        }

        return _batch.Count > 0;
    }

    // A loop that long would run on code that was compiled in haste: so it is little more than a loop, and its body is a method of its own.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryDriveExpress(IPassage passage)
    {
        bool isOwn;
        while (TryDriveEpoch(passage, out isOwn))
        {
        }

        return isOwn;
    }

    /// <summary>Takes one epoch along the express line. False when no other can follow.</summary>
    private bool TryDriveEpoch(IPassage passage, out bool isOwn)
    {
        Run!.Left--;
        _express.Begin(Run);
        if (_express.Drive(passage, out var outcome) is not { } task)
        {
            isOwn = true;
            return !passage.IsWanted && CanBegin && !_host.WantsEvents && _express.IsStillFree && Run.HasRoom;
        }

        isOwn = outcome != CallOutcome.Lost;
        if (isOwn)
        {
            HandOver(task);
            isOwn = TryGoOn(task, outcome);
        }

        return false;
    }

    private bool TryGoOn(NodeTask task, CallOutcome outcome)
    {
        switch (outcome)
        {
            case CallOutcome.Done:
                Outcomes.CameBack(task);
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
        var others = _express.HandOver(_epochs, task, _calls.Sources);
        _calls.Adopt(task);
        others.ForEach(ready => _calls.Take(ready, Run!.NodeToken));
    }

    /// <summary>
    /// Whether the next epoch goes by the express line, once there is room for its result: nothing else is on its way, and nobody listens.
    /// </summary>
    /// <remarks>Room may be made at any moment: who asks for it here and again for the other way would take that although the line is free, and stay there.</remarks>
    private bool IsExpressFree => _epochs.IsEmpty && CanBegin && !_host.WantsEvents && _express.IsFree;

    private bool IsExpressNext => IsExpressFree && Run!.HasRoom;

    private bool CanBegin => Run is { Left: > 0 } && !_ending.IsNear;

    private bool TryBegin()
    {
        if (!CanBegin || !_epochs.MayBegin(_epochsInFlight) || !Run!.HasRoom || _epochs.Assets.Take() is not { } assets)
        {
            return false;
        }

        Run.Left--;
        _epochs.Begin(Run, assets, _calls.Sources);
        return true;
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
        else if (_ending.IsNear || run.Left == 0)
        {
            EndNow(null);
        }
    }

    private void CheckStall()
    {
        if (_epochs.StallOfHead() is { } stall)
        {
            Outcomes.Fail(_epochs.Head!, stall);
            EndIfOver();
        }
        else
        {
            _epochs.TellWaiting();
        }
    }

    private void EndNow(string? leftBehind)
    {
        var run = Run!;
        Run = null;
        run.Flush();
        run.End(_ending.Of(run, leftBehind));
    }
}
