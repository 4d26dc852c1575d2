namespace Sluice.Kernel.Actor;

/// <summary>Something went wrong in the actor runtime.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>With what happened and what to do.</summary>
    protected AkkaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>A message cannot be sent as it is; nothing was sent.</summary>
public sealed class InvalidMessageException(string message) : AkkaException(message);

/// <summary>The name is taken by a living child; nothing was created.</summary>
public sealed class InvalidActorNameException(string message) : AkkaException(message);

/// <summary>An actor could not be created; it is suspended until its supervisor has decided, by default to stop it.</summary>
public class ActorInitializationException : AkkaException
{
    /// <summary>Names the actor that could not be created, and why.</summary>
    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
        : base(actor is null ? message : $"{actor}: {message}", cause) => Actor = actor;

    /// <summary>The actor, where it got as far as having a ref.</summary>
    public IActorRef? Actor { get; }
}

/// <summary>A hook of the new instance failed in a restart; the actor is suspended until its supervisor has decided.</summary>
public sealed class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause.GetType().Name} was the cause of the restart)", cause)
{
    /// <summary>Why the actor was restarted in the first place.</summary>
    public Exception OriginalCause { get; } = originalCause;
}

/// <summary>The old instance's hook failed in a restart; logged, the restart goes on.</summary>
public sealed class PreRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : AkkaException($"{actor}: exception in PreRestart ({originalCause.GetType().Name} was the cause of the restart)", cause)
{
    /// <summary>Why the actor is restarted.</summary>
    public Exception OriginalCause { get; } = originalCause;
}

/// <summary>The actor got a <see cref="Kill"/>.</summary>
public sealed class ActorKilledException(string message) : AkkaException(message);

/// <summary>The actor did not handle the <see cref="Terminated"/> of an actor that it watched.</summary>
public sealed class DeathPactException(IActorRef deadActor)
    : AkkaException($"Monitored actor [{deadActor}] terminated: handle Terminated, or let this actor end with the other.")
{
    /// <summary>The actor that has stopped.</summary>
    public IActorRef DeadActor { get; } = deadActor;
}

/// <summary>An actor did something that its state does not allow.</summary>
public sealed class IllegalActorStateException(string message) : AkkaException(message);

/// <summary>A selection found nobody.</summary>
public sealed class ActorNotFoundException(string message, Exception? cause = null) : AkkaException(message, cause);

/// <summary>An ask was not answered in time; a late answer goes to the dead letters.</summary>
public sealed class AskTimeoutException(string message) : AkkaException(message);

/// <summary>The stash is full; the message in hand was not stashed.</summary>
public sealed class StashOverflowException(string message) : AkkaException(message);

/// <summary>The settings are wrong; nothing was created.</summary>
public sealed class ConfigurationException(string message, Exception? cause = null) : AkkaException(message, cause);
