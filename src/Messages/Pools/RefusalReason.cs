namespace Sluice.Messages.Pools;

/// <summary>Why a pool did not take an item.</summary>
public enum RefusalReason
{
    /// <summary>The data is null, a list or a set.</summary>
    NotOneItem,

    /// <summary>The pool has no exporter, or none of that name.</summary>
    NoExporter,

    /// <summary>The pool's transform failed or returned nothing.</summary>
    TransformFailed,

    /// <summary>The journal holds as much as it may (<c>when-full = reject</c>).</summary>
    JournalFull,

    /// <summary>The journal cannot be written; the item would be unprotected.</summary>
    JournalFailed,

    /// <summary>More senders wait than the pool lets wait.</summary>
    Overloaded,

    /// <summary>The pool is draining or has stopped.</summary>
    Stopping,
}
