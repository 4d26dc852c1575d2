using Sluice.Tubes.Events;

namespace Sluice.Tubes.Scheduling;

/// <summary>Where a value was put, from which its event can be made.</summary>
/// <param name="Frame">The epoch's state.</param>
/// <param name="Signal">The number of the signal.</param>
public readonly record struct EventPlace(EpochFrame Frame, int Signal)
{
    /// <summary>The event; the same object every time. Ask before the epoch's state is released.</summary>
    public TubeEvent Event => Frame.Event(Signal);
}
