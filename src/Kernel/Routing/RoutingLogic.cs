namespace Sluice.Kernel.Routing;

/// <summary>Picks who gets a message. Called from many threads at once.</summary>
public abstract class RoutingLogic
{
    /// <summary>Picks from routees, an array that is never changed; <see cref="Routee.NoRoutee"/> when nobody fits.</summary>
    public abstract Routee Select(object message, Routee[] routees);
}
