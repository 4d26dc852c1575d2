using System.Globalization;
using System.Text;
using Sluice.Instruments.Printing;

namespace Sluice.Instruments.Recording;

/// <summary>What happened before a failure: the source's last events, its parents', and what waits for a slot.</summary>
/// <param name="At">When the report was made.</param>
/// <param name="Cause">Why it was made: the fault, or null when somebody asked.</param>
/// <param name="Source">What it is about; null for everything.</param>
/// <param name="Parents">The source's parent, its parent's parent, and so on; or for everything, all sources.</param>
/// <param name="Waiting">The nodes that were last seen waiting, and the slots they wait for.</param>
/// <param name="InHand">The node calls that have begun and not returned, and for how long.</param>
public sealed record FlightReport(
    DateTimeOffset At, Exception? Cause, FlightPart? Source, IReadOnlyList<FlightPart> Parents, IReadOnlyList<string> Waiting, IReadOnlyList<string> InHand)
{
    /// <summary>The report as text for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line(text, $"Flight recorder, {At:yyyy-MM-dd HH:mm:ss.fff}Z: {Headline()}");
        if (Cause is not null)
        {
            Line(text, $"{Cause}");
        }

        Tell(text, "In hand", InHand);
        Tell(text, "Waiting for slots", Waiting);
        if (Source is not null)
        {
            Tell(text, "", Source);
        }

        foreach (var parent in Parents)
        {
            Tell(text, Source is null ? "" : "parent ", parent);
        }

        return text.ToString();
    }

    private string Headline() => (Source, Cause) switch
    {
        (null, _) => "nothing moves; what goes on, and all that was seen",
        (_, null) => $"{Source.Name} as it is",
        _ => $"{Source.Name} failed with {Cause.GetType().Name}{(Source.Waiting is null ? "" : $"; {Waits(Source)}")}",
    };

    private static string Waits(FlightPart part) => (part.Waiting, part.Kind) switch
    {
        (0, "queue") => "it is empty",
        (_, "queue") => $"{part.Waiting} waiting in it",
        (0, _) => "its mailbox is empty",
        _ => $"{part.Waiting} waiting in its mailbox",
    };

    private static void Tell(StringBuilder text, string title, IReadOnlyList<string> nodes)
    {
        if (nodes.Count > 0)
        {
            Line(text, $"\n{title}");
            foreach (var node in nodes)
            {
                Line(text, $"  {node}");
            }
        }
    }

    private static void Tell(StringBuilder text, string role, FlightPart part)
    {
        var waiting = part.Waiting is null ? "" : $", {Waits(part)}";
        Line(text, $"\n{role}{part.Name} ({part.Kind}): last {part.Entries.Count} of {part.Seen} events{waiting}");
        foreach (var entry in part.Entries)
        {
            var took = entry.Elapsed > TimeSpan.Zero ? $" {entry.Elapsed.TotalSeconds:F4}s" : "";
            var note = entry.Note is null ? "" : $" {entry.Note}";
            var item = entry.Item is null ? "" : $" {Preview.Of(entry.Item)}";
            var fault = entry.Fault is null ? "" : $" {entry.Fault.GetType().Name}: {Preview.Of(entry.Fault.Message)}";
            Line(text, $"  {entry.At:HH:mm:ss.ffffff} {entry.Hook}{note}{item}{took}{fault}");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
