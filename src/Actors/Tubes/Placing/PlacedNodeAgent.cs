using Sluice.Messages.Tubes;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>
/// Stands for one node, or one copy of it, that runs on some member: finds it a place, passes calls on, and keeps each until it is answered.
/// When the place is lost it finds another, and the calls that were not answered are made again there; before them, when the node has state, those
/// that were.
/// </summary>
internal sealed class PlacedNodeAgent(HostNode node, Func<HostingMember?> choose, bool isSource, CallHistory? history, PlacingOptions options, TimeProvider time)
    : UntypedActor, IWithTimers
{
    private const int NoReplay = -1;

    private readonly SortedDictionary<long, PlacedCall> _calls = [];
    private HostingMember? _place;
    private IActorRef? _there;
    private TaskCompletionSource? _init;
    private TaskCompletionSource? _deinit;
    private bool _isWanted;
    private bool _isReady;
    private long _hosting;
    private long _done;
    private long? _seekingSince;
    private bool _hasLostState;
    private int _replayed = NoReplay;

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop() => Fail(new NodeElsewhereException($"The node {node.Node} of the tube {node.Tube} was released while it was called."));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PlacedCall call when _hasLostState && history is { IsComplete: false }:
                call.Throw(StateIsLost(history));
                break;
            case PlacedCall call:
                _calls.Add(call.Number, call);
                Pass(call);
                if (_isWanted && _place is null && !Timers.IsTimerActive(SeekAgain.Now))
                {
                    Seek();
                }

                break;
            case CancelPlaced cancelled when _calls.ContainsKey(cancelled.Call.Number):
                _there?.Tell(new CancelNodeCall(cancelled.Call.Number), Self);
                break;
            case InitPlaced init:
                _init = init.Done;
                _isWanted = true;
                if (_hasLostState && history is { IsComplete: false })
                {
                    history.Forget(); // the run that needed it has failed
                    _hasLostState = false;
                }

                Begin();
                break;
            case DeinitPlaced deinit:
                _deinit = deinit.Done;
                (_isWanted, _isReady, _replayed) = (false, false, NoReplay);
                End();
                break;
            case SeekAgain when _isWanted && _there is null:
                Seek();
                break;
            case Terminated lost:
                Lost(lost.ActorRef);
                break;
            case SeekAgain or CancelPlaced:
                break;
            default:
                Answered(message);
                break;
        }
    }

    private void Answered(object message)
    {
        switch (message)
        {
            case NodeHosted hosted when hosted.Hosting == _hosting:
                _there = Context.Watch(Sender);
                _seekingSince = null;
                Begin();
                break;
            case NodeHosted:
                Sender.Tell(new ReleaseNode(), Self);
                break;
            case NodeRefused refused when refused.Hosting == _hosting:
                _place = null;
                Fail(NodeFaults.ToException(refused.Fault, node.Node));
                break;
            case NodeInitialised initialised when initialised.Hosting == _hosting:
                Initialised(initialised.Fault);
                break;
            case NodeDeinitialised deinitialised when deinitialised.Hosting == _hosting:
                Complete(ref _deinit, deinitialised.Fault);
                break;
            case NodeReturned returned when returned.Hosting == _hosting && _calls.Remove(returned.Call, out var call):
                _done++;
                history?.Add(call.Message);
                call.Return(returned.Results);
                break;
            case NodeReturned returned when returned.Hosting == _hosting && IsReplay(returned.Call):
                Replay();
                break;
            case NodeThrew threw when threw.Hosting == _hosting && IsReplay(threw.Call):
                Replay();
                break;
            case NodeThrew threw when threw.Hosting == _hosting && _calls.Remove(threw.Call, out var call):
                history?.Add(call.Message);
                call.Throw(threw.Fault.CannotTravel ? new CannotTravelException(threw.Fault.Message) : NodeFaults.ToException(threw.Fault, node.Node));
                break;
            case NodeReturned or NodeThrew or NodeRefused or NodeInitialised or NodeDeinitialised:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin()
    {
        if (_there is null)
        {
            Seek();
        }
        else if (_isWanted)
        {
            _there.Tell(new InitNode(), Self);
        }
    }

    private void End()
    {
        if (_there is null)
        {
            Complete(ref _deinit, null);
        }
        else
        {
            _there.Tell(new DeinitNode(), Self);
        }
    }

    private void Seek()
    {
        var now = time.GetTimestamp();
        _seekingSince ??= now;
        if (time.GetElapsedTime(_seekingSince.Value, now) > options.GiveUpAfter)
        {
            _seekingSince = null;
            Fail(new NodeElsewhereException(
                $"The node {node.Node} of the tube {node.Tube} found no member to run on for {options.GiveUpAfter.TotalSeconds:0.#} s; start one that has its role and knows the type {node.Type}."));
            return;
        }

        _hosting++;
        _place = choose();
        if (_place is { } place)
        {
            Context.Watch(place.Host);
            place.Host.Tell(node with { Hosting = _hosting, Calls = isSource ? _done : 0 }, Self);
        }
        else
        {
            SeekLater();
        }
    }

    private void SeekLater() => Timers.StartSingleTimer(SeekAgain.Now, SeekAgain.Now, options.Pause);

    private void Lost(IActorRef gone)
    {
        if (!gone.Equals(_there) && !gone.Equals(_place?.Host))
        {
            return;
        }

        Context.System.Log.Warning("The node {0} of the tube {1} is lost with {2}; it goes on elsewhere, with {3} calls to be made again.", node.Node, node.Tube, _place?.Name ?? "?", _calls.Count);
        (_there, _place, _isReady, _replayed) = (null, null, false, NoReplay);
        Complete(ref _deinit, null);
        if (history is { Made: > 0 })
        {
            _hasLostState = true;
            if (!history.IsComplete)
            {
                Fail(StateIsLost(history));
            }
        }

        if (_isWanted)
        {
            _seekingSince ??= time.GetTimestamp();
            SeekLater();
        }
    }

    private void Initialised(NodeFault? fault)
    {
        if (fault is not null)
        {
            Fail(NodeFaults.ToException(fault, node.Node));
            return;
        }

        if (_hasLostState && history!.IsComplete)
        {
            Replay();
        }
        else
        {
            BecomeReady();
        }
    }

    private bool IsReplay(long call) => _replayed > 0 && history![_replayed - 1].Call == call;

    /// <summary>Has the next call made again that made the state what it was; one after the other, as they were.</summary>
    private void Replay()
    {
        _replayed = Math.Max(_replayed, 0);
        if (_replayed < history!.Count)
        {
            _there!.Tell(history[_replayed++], Self);
            return;
        }

        (_hasLostState, _replayed) = (false, NoReplay);
        BecomeReady();
    }

    private NodeElsewhereException StateIsLost(CallHistory lost) => new(
        $"The node {node.Node} of the tube {node.Tube} has lost its state with its member, after {lost.Made} calls; up to {options.KeptCalls} calls and {options.KeptBytes} bytes of inputs "
        + "are kept to make it again. Write placement: local, so that the state stays with the runner.");

    private void BecomeReady()
    {
        _isReady = true;
        Complete(ref _init, null);
        foreach (var call in _calls.Values)
        {
            Pass(call);
        }
    }

    private void Pass(PlacedCall call)
    {
        if (_isReady)
        {
            _there!.Tell(call.Message, Self);
        }
    }

    private void Complete(ref TaskCompletionSource? waiting, NodeFault? fault)
    {
        var done = waiting;
        waiting = null;
        if (fault is null)
        {
            done?.TrySetResult();
        }
        else
        {
            done?.TrySetException(NodeFaults.ToException(fault, node.Node));
        }
    }

    /// <summary>Nothing will come of what was asked for so far.</summary>
    private void Fail(Exception failure)
    {
        _init?.TrySetException(failure);
        _deinit?.TrySetResult();
        (_init, _deinit) = (null, null);
        foreach (var call in _calls.Values)
        {
            call.Throw(failure);
        }

        _calls.Clear();
    }
}
