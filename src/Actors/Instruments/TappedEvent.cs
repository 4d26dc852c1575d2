using Sluice.Instruments;
using Sluice.Instruments.Printing;
using Sluice.Messages.Instruments;

namespace Sluice.Actors.Instruments;

/// <summary>An event as it was seen: nothing is put into words before it is read, off the hot path.</summary>
internal readonly record struct TappedEvent(
    long Number, DateTimeOffset At, InstrumentHooks Hook, IInstrumented Source, object? Message, TimeSpan Elapsed, string? Next, Exception? Fault,
    object? Epoch)
{
    public InstrumentEvent InWords() => new(
        Number,
        At,
        Hook.ToString(),
        Source is { Kind: "node", Parent: { } tube } ? $"{tube.Name}:{Source.Name}" : Source.Name,
        Source.Kind,
        Message?.GetType().Name,
        Message is null ? null : Preview.Of(Message),
        Elapsed,
        Next,
        Fault is null ? null : $"{Fault.GetType().Name}: {Preview.Of(Fault.Message)}",
        Epoch?.ToString());
}
