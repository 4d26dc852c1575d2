using System.ComponentModel.DataAnnotations;

namespace Sluice.Journal.Settings;

/// <summary>What configuration says about a pool's journal; the keys and their defaults are in this project's reference.conf.</summary>
public sealed record JournalSettings
{
    /// <summary>Where the journal is kept.</summary>
    public required JournalKind Kind { get; init; }

    /// <summary>SQLite: the folder of the journal files, made when missing. The file is <c>pool.journal.db</c> in it.</summary>
    public required string Folder { get; init; }

    /// <summary>PostgreSQL: how to reach the database, in Npgsql's words.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>PostgreSQL: the schema of the tables, made when missing.</summary>
    public required string Schema { get; init; }

    /// <summary>The ids of so many of the last messages are remembered, so that one that comes again is recognised; 0 for none.</summary>
    [Range(0, 100_000_000)]
    public required int MessageIds { get; init; }

    /// <summary>SQLite: so many bytes of disk are kept for settlements, so that a full disk can be worked off; 0 for none.</summary>
    [ByteSize]
    public required long ReserveBytes { get; init; }

    /// <summary>PostgreSQL: whether opening takes the journal from an owner that still holds it. For clusters, which decide who the owner is.</summary>
    public required bool TakeOver { get; init; }

    /// <summary>At most so many items are stored; 0 for no limit.</summary>
    [Range(0, long.MaxValue)]
    public required long MaxItems { get; init; }

    /// <summary>At most so many bytes of payload and arguments are stored; 0 for no limit.</summary>
    [ByteSize]
    public required long MaxBytes { get; init; }

    /// <summary>At most so many bytes of payload and arguments in one item; 0 for no limit.</summary>
    [ByteSize]
    public required long MaxItemBytes { get; init; }

    /// <summary>What happens to an append that would pass a limit.</summary>
    public required WhenFull WhenFull { get; init; }

    /// <summary>A commit takes at most so many items of waiting appends.</summary>
    [Range(1, 1_000_000)]
    public required int CommitItems { get; init; }

    /// <summary>A commit takes at most so many bytes of waiting appends, but always one call's.</summary>
    [ByteSize]
    public required long CommitBytes { get; init; }

    /// <summary>So many calls may wait for the writer; more wait before it.</summary>
    [Range(1, 1_000_000)]
    public required int QueuedCalls { get; init; }

    /// <summary>Dead letters whose last try is older are dropped; zero keeps them for ever.</summary>
    public required TimeSpan DeadLetterAge { get; init; }

    /// <summary>The oldest dead letters are dropped when their payloads exceed so many bytes; 0 for no limit.</summary>
    [ByteSize]
    public required long DeadLetterBytes { get; init; }

    /// <summary>A file up to this size in bytes is read and checked in full at opening; a larger one in its structure and ledger only.</summary>
    [ByteSize]
    public required long FullCheckUpToBytes { get; init; }
}
