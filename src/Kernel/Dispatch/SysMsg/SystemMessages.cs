using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch.SysMsg;

/// <summary>The base of all system messages; an instance is sent once, because the mailbox links it.</summary>
public abstract class SystemMessage : ISystemMessage
{
    internal SystemMessage? Next { get; set; }
}

/// <summary>The first message of every actor: make the instance. Carries why the actor cannot be created, where that is known.</summary>
public sealed class Create(Exception? failure = null) : SystemMessage
{
    /// <summary>Why the actor cannot be created.</summary>
    public Exception? Failure { get; } = failure;
}

/// <summary>Replace the instance.</summary>
public sealed class Recreate(Exception cause) : SystemMessage
{
    /// <summary>The failure that the supervisor answers with a restart.</summary>
    public Exception Cause { get; } = cause;
}

/// <summary>Handle no user messages until resumed.</summary>
public sealed class Suspend : SystemMessage;

/// <summary>Undo a suspension.</summary>
public sealed class Resume(Exception? causedByFailure) : SystemMessage
{
    /// <summary>The failure that the supervisor answers, or <c>null</c> when a suspension from above ends.</summary>
    public Exception? CausedByFailure { get; } = causedByFailure;
}

/// <summary>Stop.</summary>
public sealed class Terminate : SystemMessage;

/// <summary>To a supervisor: a child has failed and is suspended.</summary>
public sealed class Failed(IActorRef child, Exception cause, long uid) : SystemMessage
{
    /// <summary>Who failed.</summary>
    public IActorRef Child { get; } = child;

    /// <summary>Why.</summary>
    public Exception Cause { get; } = cause;

    /// <summary>The uid of the actor that failed: a later actor of the same name is not meant.</summary>
    public long Uid { get; } = uid;
}

/// <summary>Tell <see cref="Watcher"/> when <see cref="Watchee"/> stops.</summary>
public sealed class Watch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    /// <summary>The actor that is watched.</summary>
    public IInternalActorRef Watchee { get; } = watchee;

    /// <summary>The actor that is told.</summary>
    public IInternalActorRef Watcher { get; } = watcher;
}

/// <summary>Take back a <see cref="Watch"/>.</summary>
public sealed class Unwatch(IInternalActorRef watchee, IInternalActorRef watcher) : SystemMessage
{
    /// <summary>The actor that was watched.</summary>
    public IInternalActorRef Watchee { get; } = watchee;

    /// <summary>The actor that was to be told.</summary>
    public IInternalActorRef Watcher { get; } = watcher;
}

/// <summary>To a parent or watcher: an actor has stopped.</summary>
public sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed, bool addressTerminated) : SystemMessage
{
    /// <summary>Who has stopped.</summary>
    public IActorRef Actor { get; } = actor;

    /// <summary>Whether it is known to have lived.</summary>
    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    /// <summary>Whether its whole process was lost.</summary>
    public bool AddressTerminated { get; } = addressTerminated;
}
