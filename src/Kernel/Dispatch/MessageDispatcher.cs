using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>Runs the turns of actors.</summary>
public abstract class MessageDispatcher
{
    private protected MessageDispatcher(ActorSystem system, string id, int throughput)
    {
        System = system;
        Id = id;
        Throughput = throughput;
    }

    /// <summary>The system whose actors it runs.</summary>
    public ActorSystem System { get; }

    /// <summary>The settings' path that describes the dispatcher.</summary>
    public string Id { get; }

    /// <summary>How many user messages an actor handles in a turn before others get theirs.</summary>
    public int Throughput { get; }

    internal abstract void Execute(IThreadPoolWorkItem turn, bool preferLocal);
}
