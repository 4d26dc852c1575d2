using Sluice.Kernel.Actor.Cells;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>How an actor answers the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>
    /// Restart for everything except failures to be created, kills and broken death pacts, which stop.
    /// </summary>
    public static readonly IDecider DefaultDecider = Actor.Decider.From(
        Directive.Restart,
        Directive.Stop.When<ActorInitializationException>(),
        Directive.Stop.When<ActorKilledException>(),
        Directive.Stop.When<DeathPactException>());

    /// <summary>One for one by <see cref="DefaultDecider"/>, without limit.</summary>
    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    /// <summary>Stops every child that fails.</summary>
    public static readonly SupervisorStrategy StoppingStrategy = new OneForOneStrategy(_ => Directive.Stop);

    private protected SupervisorStrategy(int maxNumberOfRetries, TimeSpan? withinTimeRange, IDecider decider, bool loggingEnabled)
    {
        if (maxNumberOfRetries < -1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxNumberOfRetries), maxNumberOfRetries, "The number of retries is -1 for no limit, 0 for none, or more.");
        }
        MaxNumberOfRetries = maxNumberOfRetries;
        WithinTimeRange = withinTimeRange > TimeSpan.Zero ? withinTimeRange : null;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>How failures are decided on.</summary>
    public IDecider Decider { get; }

    /// <summary>How often a child is restarted; -1 for no limit.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The time after which restarts are counted from the start again; <c>null</c> for never.</summary>
    public TimeSpan? WithinTimeRange { get; }

    /// <summary>Whether failures are logged.</summary>
    public bool LoggingEnabled { get; }

    /// <summary>Carries out what is decided; false when the failure is escalated.</summary>
    internal bool HandleFailure(ActorCell parent, IActorRef child, Exception cause, Children children)
    {
        var directive = Decider.Decide(cause);
        Log(parent, child, cause, directive);
        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                ((IInternalActorRef)child).Resume(cause);
                break;
            default:
                Process(parent, directive == Directive.Restart, child, cause, children);
                break;
        }
        return true;
    }

    private protected abstract void Process(ActorCell parent, bool restart, IActorRef child, Exception cause, Children children);

    private protected bool MayRestart(Children children, IActorRef child) =>
        children.StatisticsOf(child).MayRestart(MaxNumberOfRetries, WithinTimeRange);

    private void Log(ActorCell parent, IActorRef child, Exception cause, Directive directive)
    {
        if (!LoggingEnabled || directive == Directive.Escalate)
        {
            return;
        }
        var message = cause is ActorInitializationException { InnerException: { } inner } ? inner.Message : cause.Message;
        var source = child.Path.ToString();
        parent.System.EventStream.Publish(
            directive == Directive.Resume ? new Warning(cause, source, GetType(), message) : new Error(cause, source, GetType(), message));
    }
}
