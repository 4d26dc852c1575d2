using System.Numerics;
using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Instruments.Printing;
using Sluice.Messages.Instruments;

namespace Sluice.Actors.Instruments;

/// <summary>An event as it was seen: nothing is put into words before it is read, off the hot path.</summary>
internal readonly record struct TappedEvent(
    DateTimeOffset At, InstrumentHooks Hook, IInstrumented Source, object? Message, TimeSpan Elapsed, TaskNext Next, Exception? Fault, object? Epoch)
{
    // An enum finds its name anew each time.
    private static readonly string[] s_hooks = [.. Enumerable.Range(0, 64).Select(bit => ((InstrumentHooks)(1UL << bit)).ToString())];
    private static readonly string[] s_next = Enum.GetNames<TaskNext>();

    /// <summary>Which event of its subscription it is.</summary>
    public long Number { get; init; }

    /// <summary>What the source is called to subscribers.</summary>
    public static string NameOf(IInstrumented source) =>
        source is { Kind: "node", Parent: { } tube } ? $"{tube.Name}:{source.Name}" : source.Name;

    public InstrumentEvent InWords(string source) => new(
        Number,
        At,
        s_hooks[BitOperations.TrailingZeroCount((ulong)Hook)],
        source,
        Source.Kind,
        Message?.GetType().Name,
        Message is null ? null : Preview.Of(Message),
        Elapsed,
        Next is TaskNext.Undecided ? null : s_next[(int)Next],
        Fault is null ? null : $"{Fault.GetType().Name}: {Preview.Of(Fault.Message)}",
        Epoch?.ToString());
}
