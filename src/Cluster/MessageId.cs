using System.Globalization;

namespace Sluice.Cluster;

/// <summary>
/// Which send to a named entity it was: the same however often the message is delivered, and however often its publisher had to repeat it until the broker
/// confirmed it; another one for every other send, of equal content too.
/// </summary>
/// <param name="Outbox">Drawn at random by the sender's outbox.</param>
/// <param name="Frame">The outbox's own number of the frame.</param>
/// <param name="Place">The message's place in the frame.</param>
public readonly record struct MessageId(long Outbox, ulong Frame, int Place)
{
    /// <summary>Of a message whose sender gave it none: one of an earlier version, which may still be in a queue.</summary>
    public static MessageId None => default;

    /// <summary>Whether there is one.</summary>
    public bool IsNone => Outbox == 0;

    /// <summary>The text to keep and to compare: at most 50 characters.</summary>
    public override string ToString() => IsNone ? "" : string.Create(CultureInfo.InvariantCulture, $"{Outbox:x16}-{Frame:x}-{Place:x}");
}
