namespace Sluice.Instruments;

/// <summary>
/// What is wanted of actors, message by message. Bits beside those of <see cref="InstrumentHooks"/>, because an instrument may want a hook of
/// queues and tasks but of actors only samples (<see cref="EventLoopInstrument.SamplesActors"/>).
/// </summary>
public static class ActorHooks
{
    /// <summary><see cref="EventLoopInstrument.OnQueuePut"/> of mailboxes.</summary>
    public const InstrumentHooks Put = (InstrumentHooks)(1UL << 56);

    /// <summary><see cref="EventLoopInstrument.OnQueueGet"/> of mailboxes.</summary>
    public const InstrumentHooks Get = (InstrumentHooks)(1UL << 57);

    /// <summary><see cref="EventLoopInstrument.OnTaskBeforeSend"/> of actors.</summary>
    public const InstrumentHooks BeforeSend = (InstrumentHooks)(1UL << 58);

    /// <summary><see cref="EventLoopInstrument.OnTaskAfterSend"/> of actors.</summary>
    public const InstrumentHooks AfterSend = (InstrumentHooks)(1UL << 59);

    /// <summary>The durations of these.</summary>
    public const InstrumentHooks Timing = (InstrumentHooks)(1UL << 60);

    /// <summary>For what messages may carry the time with them: who has wanted that must be able to read it for as long as one may be on its way.</summary>
    public const InstrumentHooks Stamps = Timing | InstrumentHooks.MessageSample;

    /// <summary>All bits of an instrument's scope.</summary>
    internal static InstrumentHooks Of(EventLoopInstrument instrument)
    {
        var hooks = instrument.NeedsTiming ? instrument.Hooks | InstrumentHooks.Timing : instrument.Hooks;
        return instrument.SamplesActors
            ? hooks
            : hooks | Bit(hooks, InstrumentHooks.QueuePut, Put) | Bit(hooks, InstrumentHooks.QueueGet, Get)
                | Bit(hooks, InstrumentHooks.TaskBeforeSend, BeforeSend) | Bit(hooks, InstrumentHooks.TaskAfterSend, AfterSend)
                | Bit(hooks, InstrumentHooks.Timing, Timing);
    }

    private static InstrumentHooks Bit(InstrumentHooks hooks, InstrumentHooks has, InstrumentHooks then) =>
        (hooks & has) != 0 ? then : InstrumentHooks.None;
}
