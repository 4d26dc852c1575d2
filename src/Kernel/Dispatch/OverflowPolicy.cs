namespace Sluice.Kernel.Dispatch;

/// <summary>Which message leaves a full mailbox; it becomes a dead letter.</summary>
public enum OverflowPolicy
{
    /// <summary>The message that is being told.</summary>
    DropNew,

    /// <summary>The message that has waited longest.</summary>
    DropOldest,
}
