namespace Sluice.Kernel.Actor;

/// <summary>Refs that stand for nobody.</summary>
public static class ActorRefs
{
    /// <summary>A ref that drops every message.</summary>
    public static readonly Nobody Nobody = Nobody.Instance;

    /// <summary>No sender: what is answered goes to the dead letters.</summary>
    public static readonly IActorRef? NoSender;
}
