using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Pattern;

/// <summary>
/// Starts its one child again after a delay that grows. Messages are forwarded to the child, and what the child tells its supervisor to
/// the supervisor's parent.
/// </summary>
public sealed class BackoffSupervisor : UntypedActor, IWithTimers
{
    private readonly BackoffOptions _options;
    private IActorRef? _child;
    private int _restarts;
    private bool _isToBeStartedAgain;
    private bool _isFinal;

    internal BackoffSupervisor(BackoffOptions options) => _options = options;

    /// <summary>Set by the runtime.</summary>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>A supervisor as described.</summary>
    public static Props Props(BackoffOptions options) => Actor.Props.Create(() => new BackoffSupervisor(options));

    /// <summary>A supervisor that starts its child again when it has stopped.</summary>
    /// <inheritdoc cref="Backoff.OnStop"/>
    public static Props Props(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        Props(Backoff.OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor));

    /// <inheritdoc/>
    protected override void PreStart() => StartChild();

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() =>
        _options.IsOnFailure ? new OneForOneStrategy(DecideOnFailure, _options.Strategy.LoggingEnabled) : _options.Strategy;

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Start:
                StartChild();
                break;
            case Lived lived when lived.Restarts == _restarts:
                _restarts = 0;
                break;
            case Lived:
                break;
            case Reset:
                _restarts = 0;
                break;
            case GetCurrentChild:
                Sender.Tell(new CurrentChild(_child ?? ActorRefs.Nobody));
                break;
            case GetRestartCount:
                Sender.Tell(new RestartCount(_restarts));
                break;
            case Terminated terminated when terminated.ActorRef.Equals(_child):
                ChildEnded();
                break;
            default:
                Pass(message);
                break;
        }
    }

    private Directive DecideOnFailure(Exception failure)
    {
        var directive = _options.Strategy.Decider.Decide(failure);
        _isToBeStartedAgain = directive == Directive.Restart;
        return _isToBeStartedAgain ? Directive.Stop : directive;
    }

    private void StartChild()
    {
        _isToBeStartedAgain = !_options.IsOnFailure;
        _child = Context.Watch(Context.ActorOf(_options.ChildProps, _options.ChildName));
        if (_options.AutoReset is { } resetBackoff)
        {
            Timers.StartSingleTimer(nameof(Lived), new Lived(_restarts), resetBackoff);
        }
    }

    private void ChildEnded()
    {
        _child = null;
        var mayBeStartedAgain = _options.MaxNrOfRetries < 0 || _restarts < _options.MaxNrOfRetries;
        if (_isToBeStartedAgain && !_isFinal && mayBeStartedAgain)
        {
            Timers.StartSingleTimer(nameof(Start), new Start(), _options.Delay.After(_restarts));
            _restarts++;
        }
        else
        {
            Context.Stop(Self);
        }
    }

    private void Pass(object message)
    {
        if (_child is null)
        {
            if (_options.ReplyWhileStopped is { } reply)
            {
                Sender.Tell(reply);
            }
            else
            {
                Context.System.DeadLetters.Forward(message);
            }
        }
        else if (Sender.Equals(_child))
        {
            Context.Parent.Forward(message);
        }
        else
        {
            _isFinal |= _options.FinalStopMessage?.Invoke(message) is true;
            _child.Forward(message);
        }
    }

    /// <summary>Asks for the child; answered by <see cref="CurrentChild"/>.</summary>
    public sealed class GetCurrentChild
    {
        private GetCurrentChild()
        {
        }

        /// <summary>The one message.</summary>
        public static GetCurrentChild Instance { get; } = new();
    }

    /// <summary>The child.</summary>
    public sealed class CurrentChild(IActorRef @ref)
    {
        /// <summary>The child; <see cref="ActorRefs.Nobody"/> while it is not started.</summary>
        public IActorRef Ref { get; } = @ref;
    }

    /// <summary>Counts restarts from the start again.</summary>
    public sealed class Reset
    {
        private Reset()
        {
        }

        /// <summary>The one message.</summary>
        public static Reset Instance { get; } = new();
    }

    /// <summary>Asks how often the child was started again; answered by <see cref="RestartCount"/>.</summary>
    public sealed class GetRestartCount
    {
        private GetRestartCount()
        {
        }

        /// <summary>The one message.</summary>
        public static GetRestartCount Instance { get; } = new();
    }

    /// <summary>How often the child was started again since the count was reset.</summary>
    public sealed class RestartCount(int count)
    {
        /// <summary>The count.</summary>
        public int Count { get; } = count;
    }

    private sealed record Start;

    private sealed record Lived(int Restarts);
}
