namespace Sluice.Kernel.Actor;

/// <summary>An actor with a stash, which the runtime provides right after the constructor.</summary>
public interface IActorStash
{
    /// <summary>The stash.</summary>
    IStash Stash { get; set; }
}

/// <summary>An actor with a stash, limited by <see cref="Props.WithStashCapacity"/> where that is given.</summary>
public interface IWithStash : IActorStash;

/// <summary>An actor with a stash, limited only by <see cref="Props.WithStashCapacity"/> where that is given.</summary>
public interface IWithUnboundedStash : IActorStash;
