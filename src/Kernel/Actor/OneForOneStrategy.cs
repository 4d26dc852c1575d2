using Sluice.Kernel.Actor.Cells;

namespace Sluice.Kernel.Actor;

/// <summary>Answers a failure of one child without touching its siblings.</summary>
public sealed class OneForOneStrategy : SupervisorStrategy
{
    /// <summary>With a limit of restarts in a time range; <c>null</c> for none.</summary>
    public OneForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>With a limit of restarts in a time range; <c>null</c> for none.</summary>
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider, bool loggingEnabled = true)
        : base(maxNrOfRetries ?? -1, withinTimeRange, decider, loggingEnabled)
    {
    }

    /// <summary>With a limit of restarts in a number of milliseconds; -1 for none.</summary>
    public OneForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), localOnlyDecider, loggingEnabled)
    {
    }

    /// <summary>Without limit.</summary>
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, null, localOnlyDecider, loggingEnabled)
    {
    }

    /// <summary>Without limit.</summary>
    public OneForOneStrategy(IDecider decider)
        : this(-1, null, decider)
    {
    }

    private protected override void Process(ActorCell parent, bool restart, IActorRef child, Exception cause, Children children)
    {
        if (restart && MayRestart(children, child))
        {
            ((IInternalActorRef)child).Restart(cause);
        }
        else
        {
            parent.Stop(child);
        }
    }
}
