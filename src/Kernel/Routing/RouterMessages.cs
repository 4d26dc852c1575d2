using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>A message to a router itself, in place of its routees.</summary>
public abstract class RouterManagementMessage;

/// <summary>Asks for the routees; answered by <see cref="Routees"/>.</summary>
public sealed class GetRoutees : RouterManagementMessage
{
    /// <summary>The one message.</summary>
    public static GetRoutees Instance { get; } = new();
}

/// <summary>The routees of a router.</summary>
public sealed class Routees(IEnumerable<Routee> routees)
{
    /// <summary>All of them.</summary>
    public IEnumerable<Routee> Members { get; } = [.. routees];
}

/// <summary>Adds a routee.</summary>
public sealed class AddRoutee(Routee routee) : RouterManagementMessage
{
    /// <summary>Who is added; an actor is watched, and removed when it has stopped.</summary>
    public Routee Routee { get; } = routee;
}

/// <summary>Takes a routee away; a child of the router is stopped, once it has handled what it has.</summary>
public sealed class RemoveRoutee(Routee routee) : RouterManagementMessage
{
    /// <summary>Who is removed.</summary>
    public Routee Routee { get; } = routee;
}

/// <summary>Makes a pool larger or smaller.</summary>
public sealed class AdjustPoolSize(int change) : RouterManagementMessage
{
    /// <summary>How many routees more, or when negative, fewer.</summary>
    public int Change { get; } = change;
}

/// <summary>Wraps a message for the way through a router.</summary>
public class RouterEnvelope(object message)
{
    /// <summary>What the routees get.</summary>
    public object Message { get; } = message;
}

/// <summary>Goes to all routees, whatever the logic of the router; also <see cref="PoisonPill"/> and <see cref="Kill"/>.</summary>
public sealed class Broadcast(object message) : RouterEnvelope(message);
