namespace Sluice.Kernel.Actor.Scheduling;

/// <summary>What a timer sends: checked against the timers that are in force when it comes up.</summary>
internal sealed class TimerMessage(object key, object message, bool isPeriodic, Cells.ActorTimers owner)
    : IAutoReceivedMessage, INotInfluenceReceiveTimeout, Event.IDeadLetterSuppression
{
    public object Key => key;

    public object Message => message;

    public bool IsPeriodic => isPeriodic;

    public Cells.ActorTimers Owner => owner;

    public ICancelable? Scheduled { get; set; }

    /// <summary>For people who look at what an actor was told.</summary>
    public override string ToString() => $"timer {Key}: {Message}";
}
