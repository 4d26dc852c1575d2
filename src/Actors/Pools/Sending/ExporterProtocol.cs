using Sluice.Actors.Pools.Policies;
using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Sending;

/// <summary>Pool to exporter: new items, in order.</summary>
internal sealed record Handover(IReadOnlyList<PoolEntry> Entries);

/// <summary>Pool to exporter: the journal owes you more, up to this position, that you were not handed.</summary>
internal sealed record OwedMore(long UpTo);

/// <summary>Pool to exporter: you may send up to this number.</summary>
internal sealed record Released(long UpTo);

/// <summary>Pool to exporter: these need not be delivered any more.</summary>
internal sealed record Relieved(Relief Relief);

/// <summary>Pool to exporter: send what you have without waiting for fuller batches, and say <see cref="Flushed"/> once nothing is left.</summary>
internal sealed record Flush;

/// <summary>Exporter to pool: nothing is left to send.</summary>
internal sealed record Flushed(string Exporter);

/// <summary>Pool to exporter: start nothing more, and say <see cref="Halted"/> once what is on its way has ended and is written down.</summary>
/// <param name="Grace">How long attempts in hand may still take before they are cut short.</param>
/// <param name="SavesMemory">Whether what is in memory only is to be saved, because nobody will send it.</param>
/// <param name="IsLast">Whether the pool ends: what a broken journal does not take now is not tried again, and stays owed.</param>
internal sealed record Halt(TimeSpan Grace, bool SavesMemory, bool IsLast = false)
{
    /// <summary>How long a journal may take, after the grace, for what was cut short and is in memory only. A slow disk is waited for; a full journal is not for ever.</summary>
    public static readonly TimeSpan SaveTime = TimeSpan.FromSeconds(10);
}

/// <summary>Exporter to pool: nothing is on its way any more.</summary>
internal sealed record Halted(string Exporter) : IDeadLetterSuppression;

/// <summary>Pool to exporter, while halted: go on with this journal, all of which up to this position you were not handed.</summary>
internal sealed record GoOnWith(IJournal Journal, long Head);

/// <summary>Pool to exporter: try everything saved up to this position now, and answer with what became of it.</summary>
internal sealed record SendSaved(long UpTo);

/// <summary>Pool to exporter: the journal owes you older items than you have read; begin again from its start, up to this position.</summary>
internal sealed record ReadAgain(long Head);

/// <summary>Exporter to pool: what became of items whose senders wait.</summary>
internal sealed record Results(string Exporter, IReadOnlyList<(long Order, ExportResult Result)> Items);

/// <summary>Exporter to pool: how far it has come.</summary>
internal sealed record Progressed(string Exporter, long Tried, long Done, bool IsPutOff, IReadOnlyList<long> Undeliverable);

/// <summary>Exporter to pool, when it ends: what it had in memory only.</summary>
internal sealed record LeftBehind(string Exporter, IReadOnlyList<PoolEntry> Entries);

/// <summary>Exporter to itself: look whether there is something to do.</summary>
internal sealed record Pump
{
    public static Pump Instance { get; } = new();
}

/// <summary>Exporter to itself: what a read of the journal brought, or why it could not be read.</summary>
internal sealed record BacklogRead(IJournal Journal, IReadOnlyList<OwedItem> Items, Exception? Fault);

/// <summary>Exporter to itself: whether the sink of a batch that used up its attempts can be reached.</summary>
internal sealed record SuspectProbed(Batch Suspect, bool IsReachable);

/// <summary>Exporter to itself: settlements are committed, or could not be.</summary>
internal sealed record SettlementsWritten(Exception? Fault);

/// <summary>Exporter to itself: items are saved, or could not be.</summary>
internal sealed record SpillWritten(AppendReceipt Receipt, Exception? Fault);
