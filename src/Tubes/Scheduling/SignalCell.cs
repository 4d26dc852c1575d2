using Sluice.Tubes.Events;

namespace Sluice.Tubes.Scheduling;

/// <summary>A signal in one epoch: its latest value and what is needed to make the event of it.</summary>
internal struct SignalCell
{
    public object? Value;

    /// <summary>The event, once somebody asked for it.</summary>
    public TubeEvent? Event;

    public long UtcTicks;

    /// <summary>The event's id; 0 when nothing was emitted here.</summary>
    public ulong Id;

    public SignalState State;

    /// <summary>When absent: the signal whose no-event is why; its own number when it gave no-event itself.</summary>
    public int Cause;

    public readonly bool IsEmitted => Id != 0;
}
