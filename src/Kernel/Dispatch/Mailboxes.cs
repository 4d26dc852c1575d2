namespace Sluice.Kernel.Dispatch;

/// <summary>The kinds of mailboxes of a system, by the settings' path that describes them.</summary>
public sealed class Mailboxes
{
    private readonly KernelSettings _settings;

    internal Mailboxes(KernelSettings settings) => _settings = settings;

    internal MessageQueue NewQueue(string mailbox) => string.IsNullOrEmpty(mailbox)
        ? new UnboundedQueue<NoSteps>()
        : _settings.MailboxOf(mailbox) switch
        {
            { Kind: MailboxKind.Bounded } bounded => new BoundedQueue(bounded.Capacity, bounded.Overflow),
            { Kind: MailboxKind.ControlAware } => new ControlAwareQueue(),
            _ => new UnboundedQueue<NoSteps>(),
        };
}
