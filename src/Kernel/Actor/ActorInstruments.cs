using Sluice.Instruments;

namespace Sluice.Kernel.Actor;

/// <summary>Watching actors that run already.</summary>
public static class ActorInstruments
{
    /// <summary>
    /// Adds a scope to those that watch an actor, from its next message on, and with it to the children that it creates from then
    /// on. The scope's end takes it out again.
    /// </summary>
    /// <returns>False when the actor lives elsewhere or has stopped.</returns>
    public static bool AddInstrument(this IActorRef actor, InstrumentScope scope)
    {
        if (actor is not LocalActorRef { IsTerminated: false } local)
        {
            return false;
        }
        local.SendSystemMessage(new Dispatch.SysMsg.AddInstrument(scope));
        return true;
    }
}
