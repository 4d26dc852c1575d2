using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Actor;

/// <summary>The base of every ref: identity is the path together with its uid.</summary>
public abstract class InternalActorRefBase : IInternalActorRef
{
    /// <inheritdoc/>
    public abstract ActorPath Path { get; }

    /// <inheritdoc/>
    public abstract IActorRefProvider? Provider { get; }

    /// <inheritdoc/>
    public abstract IInternalActorRef Parent { get; }

    /// <inheritdoc/>
    public abstract bool IsLocal { get; }

    /// <inheritdoc/>
    public abstract bool IsTerminated { get; }

    /// <inheritdoc/>
    public void Tell(object message, IActorRef? sender)
    {
        if (message is null)
        {
            throw new InvalidMessageException($"A message to {Path} is null: send a value, for instance a record without members.");
        }
        TellInternal(message, sender);
    }

    /// <inheritdoc/>
    public abstract IActorRef GetChild(string name);

    /// <inheritdoc/>
    public abstract IReadOnlyCollection<IActorRef> GetChildren();

    /// <inheritdoc/>
    public abstract void SendSystemMessage(ISystemMessage message);

    /// <inheritdoc/>
    public virtual void Stop() => SendSystemMessage(new Terminate());

    /// <inheritdoc/>
    public virtual void Suspend() => SendSystemMessage(new Suspend());

    /// <inheritdoc/>
    public virtual void Resume(Exception? causedByFailure) => SendSystemMessage(new Resume(causedByFailure));

    /// <inheritdoc/>
    public virtual void Restart(Exception cause) => SendSystemMessage(new Recreate(cause));

    /// <inheritdoc/>
    public virtual bool Equals(IActorRef? other) =>
        ReferenceEquals(this, other) || (other is not null && Path.Uid == other.Path.Uid && Path.Equals(other.Path));

    /// <inheritdoc/>
    public int CompareTo(IActorRef? other)
    {
        if (other is null)
        {
            return 1;
        }
        var byPath = Path.CompareTo(other.Path);
        return byPath != 0 ? byPath : Path.Uid.CompareTo(other.Path.Uid);
    }

    int IComparable.CompareTo(object? obj) =>
        obj is null or IActorRef ? CompareTo((IActorRef?)obj) : throw new ArgumentException("Compare a ref with a ref.", nameof(obj));

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as IActorRef);

    /// <inheritdoc/>
    public override int GetHashCode() => Path.Uid != 0 ? Path.Uid.GetHashCode() : Path.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Path.Uid == 0 ? $"[{Path}]" : $"[{Path}#{Path.Uid}]";

    /// <summary>Delivers a message that is known not to be <c>null</c>.</summary>
    protected abstract void TellInternal(object message, IActorRef? sender);
}
