using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Whom a router can send to.</summary>
public abstract class Routee
{
    /// <summary>Nobody: what is sent to it is dropped.</summary>
    public static readonly Routee NoRoutee = new SeveralRoutees([]);

    /// <summary>Makes a routee of a ref.</summary>
    public static Routee FromActorRef(IActorRef actorRef) => new ActorRefRoutee(actorRef);

    /// <summary>Sends a message.</summary>
    public abstract void Send(object message, IActorRef? sender);

    /// <summary>Asks for any answer.</summary>
    public abstract Task<object> Ask(object message, TimeSpan? timeout);
}

/// <summary>An actor.</summary>
public sealed class ActorRefRoutee(IActorRef actor) : Routee
{
    /// <summary>The actor.</summary>
    public IActorRef Actor { get; } = actor;

    /// <inheritdoc/>
    public override void Send(object message, IActorRef? sender) => Actor.Tell(message, sender);

    /// <inheritdoc/>
    public override Task<object> Ask(object message, TimeSpan? timeout) => Actor.Ask(message, timeout);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActorRefRoutee other && Actor.Equals(other.Actor);

    /// <inheritdoc/>
    public override int GetHashCode() => Actor.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Actor.Path.ToString();
}

/// <summary>Whoever lives at a path when a message is sent.</summary>
public sealed class ActorSelectionRoutee(ActorSelection actor) : Routee
{
    /// <summary>The selection.</summary>
    public ActorSelection Selection { get; } = actor;

    /// <inheritdoc/>
    public override void Send(object message, IActorRef? sender) => Selection.Tell(message, sender);

    /// <inheritdoc/>
    public override Task<object> Ask(object message, TimeSpan? timeout) => Selection.Ask(message, timeout);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActorSelectionRoutee other && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Selection.Anchor.Path + Selection.PathString;
}

/// <summary>Several at once. Asked, the first answer counts.</summary>
public sealed class SeveralRoutees(Routee[] routees) : Routee
{
    /// <inheritdoc/>
    public override void Send(object message, IActorRef? sender)
    {
        foreach (var routee in routees)
        {
            routee.Send(message, sender);
        }
    }

    /// <inheritdoc/>
    public override Task<object> Ask(object message, TimeSpan? timeout) => Answers.First([.. routees.Select(routee => routee.Ask(message, timeout))]);
}
