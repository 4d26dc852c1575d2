namespace Sluice.Kernel.Dispatch;

/// <summary>A kind of mailbox, as the settings describe it.</summary>
internal sealed record MailboxSettings(MailboxKind Kind, int Capacity = int.MaxValue, OverflowPolicy Overflow = OverflowPolicy.DropNew);

internal enum MailboxKind
{
    Unbounded,
    Bounded,
    ControlAware,
}
