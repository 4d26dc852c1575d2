using Sluice.Kernel.Actor.Cells;

namespace Sluice.Kernel.Actor;

/// <summary>Answers a failure of one child on all of them: for children that are worth nothing without each other.</summary>
public sealed class AllForOneStrategy : SupervisorStrategy
{
    /// <summary>With a limit of restarts in a time range; <c>null</c> for none.</summary>
    public AllForOneStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    /// <summary>With a limit of restarts in a time range; <c>null</c> for none.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider, bool loggingEnabled = true)
        : base(maxNrOfRetries ?? -1, withinTimeRange, decider, loggingEnabled)
    {
    }

    /// <summary>With a limit of restarts in a number of milliseconds; -1 for none.</summary>
    public AllForOneStrategy(
        int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), localOnlyDecider, loggingEnabled)
    {
    }

    /// <summary>Without limit.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, null, localOnlyDecider, loggingEnabled)
    {
    }

    /// <summary>Without limit.</summary>
    public AllForOneStrategy(IDecider decider)
        : this(-1, null, decider)
    {
    }

    private protected override void Process(ActorCell parent, bool restart, IActorRef child, Exception cause, Children children)
    {
        var all = children.All;
        if (!restart || !all.Aggregate(true, (may, one) => MayRestart(children, one) && may))
        {
            foreach (var one in all)
            {
                parent.Stop(one);
            }
            return;
        }
        foreach (var sibling in all.Where(one => !one.Equals(child)).Cast<IInternalActorRef>())
        {
            sibling.Suspend();
        }
        foreach (var one in all)
        {
            ((IInternalActorRef)one).Restart(cause);
        }
    }
}
