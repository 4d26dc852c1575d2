using Sluice.Actors.Tubes.Flow;
using Sluice.Actors.Tubes.Fusion;
using Sluice.Actors.Tubes.Runs;
using Sluice.Instruments;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

namespace Sluice.Actors.Tubes;

/// <summary>
/// Takes a tube through its epochs: supervises one actor per node, owns the course, and lends it to a burst while there are quick calls.
/// Never runs a node's code itself, so it always answers.
/// </summary>
internal sealed class RunnerActor : UntypedActor, IWithTimers
{
    // Long enough that a busy machine's pauses are no stuck calls, short enough that nobody notices the wait.
    private static readonly TimeSpan StuckAfter = TimeSpan.FromMilliseconds(20);

    private readonly AsyncRunner _runner;
    private readonly Queue<object> _waiting = [];
    private readonly Dictionary<string, IActorRef> _nodes = [];
    private Course? _course;
    private Burst? _burst;
    private Burst? _spareBurst;
    private TubeRun? _graceOf;
    private bool _graceIsShort;

    public RunnerActor(AsyncRunner runner) => _runner = runner;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        foreach (var node in _runner.Tube.Nodes)
        {
            _nodes[node.Id] = Context.ActorOf(Props.Create(() => new NodeActor()), node.Id);
        }
    }

    protected override void PostStop() => _runner.ActorStopped();

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(-1, null, Decide, loggingEnabled: false);

    protected override void OnReceive(object message)
    {
        if (message is LookAfterBurst)
        {
            LookAfter();
        }
        else if (message is not Burst burst)
        {
            _waiting.Enqueue(message);
            _burst?.Want();
        }
        else if (burst == _burst)
        {
            TakeBack(burst);
        }

        if (_burst is null)
        {
            Work();
        }
    }

    private Directive Decide(Exception failure)
    {
        if (failure is not NodeFailedException { Task: var task })
        {
            return Directive.Restart;
        }

        Self.Tell(new NodeFailed(task));
        return task.Lane.Node.OnError is ErrorPolicy.Retry ? Directive.Restart : Directive.Resume;
    }

    private void Work()
    {
        try
        {
            while (_waiting.TryDequeue(out var message))
            {
                Handle(message);
            }

            if (_course?.HasQuick() == true)
            {
                Lend(_course);
            }
            else
            {
                LookAfterAssets();
                LookAfterGrace();
            }
        }
        catch (Exception failure)
        {
            // No node's failure gets here: this is the runner's own, and whoever waits for the run must hear of it.
            Break(failure);
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case NodeTask call:
                call.Lane.Course.Outcomes.CameBack(call);
                break;
            case NodeFailed failed:
                Failed(failed.Task);
                break;
            case CallAgain again:
                again.Task.Lane.Course.Outcomes.Again(again.Task);
                break;
            case TubeRun run:
                Begin(run);
                break;
            case CancelRun cancel when cancel.Run == _course?.Run:
                _course!.Cancel();
                break;
            case GraceOver over when over.Run == _course?.Run:
                _course!.GiveUpCalls();
                break;
            case AssetsMade made:
                AssetsMade(made);
                break;
            case AssetsReleased released:
                released.Release.Run.Course.Outcomes.AssetsReleased(released.Release, released.Failure);
                break;
            case NestedEvent nested:
                _course?.Nested(nested.Node, nested.Happened);
                break;
            case RoomMade or CancelRun or GraceOver:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin(TubeRun run)
    {
        _runner.Watching.Join(InstrumentScope.Active);
        if (run.Ended.IsCompleted)
        {
            return;
        }

        if (_course != run.Course)
        {
            _course = run.Course;
            _spareBurst = null;
            _course.Attach(node => _nodes[node.Id], Self);
        }

        _course.Start(run);
    }

    private void Failed(NodeTask task)
    {
        var course = task.Lane.Course;
        if (course.Outcomes.Failed(task) is not { } backoff)
        {
            return;
        }

        if (backoff == TimeSpan.Zero)
        {
            course.Outcomes.Again(task);
            return;
        }

        var again = new CallAgain(task);
        _ = Task.Delay(backoff, _runner.GetContext().Time, task.Call.Call.CancellationToken)
            .PipeTo(Self, Self, success: () => again, failure: _ => again);
    }

    private void Lend(Course course)
    {
        _burst = _spareBurst ?? new Burst(course, Self);
        _spareBurst = null;
        if (!Timers.IsTimerActive(LookAfterBurst.Now))
        {
            Timers.StartPeriodicTimer(LookAfterBurst.Now, LookAfterBurst.Now, StuckAfter);
        }

        _burst.Go();
    }

    private void TakeBack(Burst burst)
    {
        _burst = null;
        if (burst.Failure is { } failure)
        {
            Break(failure);
        }
        else if (burst.Course == _course)
        {
            _spareBurst = burst;
        }
    }

    private void LookAfter()
    {
        if (_burst is null)
        {
            Timers.Cancel(LookAfterBurst.Now);
        }
        else if (_burst.TryTakeBack())
        {
            _burst.Course.TakenBack(_burst.Current);
            _burst = null;
        }
    }

    private void LookAfterAssets()
    {
        if (_course is not { } course)
        {
            return;
        }

        if (course.Assets.TakeWanted() && course.Run is { } run)
        {
            _ = course.Book.OpenAsync(run.NodeToken).AsTask()
                .PipeTo(Self, Self, assets => new AssetsMade(run, assets, null), failure => new AssetsMade(run, null, failure));
        }

        while (course.Assets.TryTakeToRelease(out var release))
        {
            Release(release);
        }
    }

    private void Release(AssetRelease release) => _ = release.Run.Course.Book.CloseAsync(release.Assets).AsTask()
        .PipeTo(Self, Self, failure => new AssetsReleased(release, failure), failure => new AssetsReleased(release, failure));

    private void AssetsMade(AssetsMade made)
    {
        if (made.Run == _course?.Run)
        {
            _course.Outcomes.AssetsMade(made.Assets, made.Failure);
        }
        else if (made.Assets is { } unused)
        {
            Release(new AssetRelease(made.Run, null, unused));
        }
    }

    private void LookAfterGrace()
    {
        if (_course is not { IsWindingUp: true } course)
        {
            _graceOf = null;
            return;
        }

        if (_graceOf != course.Run || (course.IsCancelled && !_graceIsShort))
        {
            _graceOf = course.Run;
            _graceIsShort = course.IsCancelled;
            Timers.StartSingleTimer(nameof(GraceOver), new GraceOver(course.Run!), _graceIsShort ? _runner.Settings.CancelGrace : _runner.Settings.ErrorGrace);
        }
    }

    private void Break(Exception failure)
    {
        var broken = _course;
        _course = null;
        broken?.Break(new TubeException(
            $"The runner of the tube {_runner.Tube.Id} broke: {failure.Message} That is a fault of the runner, not of the tube; make a new runner.", failure));
    }
}
