using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Event;

/// <summary>Makes logs.</summary>
public static class Logging
{
    /// <summary>The log of an actor, with its path as the source.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type);

    /// <summary>A log with a source of one's own.</summary>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSourceObj) =>
        new BusLogging(system.EventStream, logSourceObj.ToString() ?? "", logSourceObj as Type ?? logSourceObj.GetType());
}
