namespace Sluice.Journal.Engine;

/// <summary>All that one commit writes. The engine decides; a store carries it out, in the order of the members, wholly or not at all.</summary>
internal sealed class CommitPlan
{
    public List<Audience> NewAudiences { get; } = [];

    public List<NewRow> Items { get; } = [];

    public List<ItemCopy> Copies { get; } = [];

    public List<Redrive> Redrives { get; } = [];

    public List<NewDeadLetter> DeadLetters { get; } = [];

    public List<DeadAgain> DeadAgain { get; } = [];

    public List<long> DeadLettersGone { get; } = [];

    public List<ItemDeletion> Deletions { get; } = [];

    /// <summary>Messages whose items are among those above, by their ids.</summary>
    public Dictionary<string, RememberedMessage> Messages { get; } = new(StringComparer.Ordinal);

    /// <summary>Messages up to this number are forgotten.</summary>
    public long MessagesGoneUpTo { get; set; }

    public HashSet<SinkState> Sinks { get; } = [];

    public bool PoolChanged { get; set; }

    public int Settled { get; set; }

    /// <summary>
    /// Whether the commit must have reached the disk before it is acknowledged. Settlements alone need not: one that a power failure undoes costs a second
    /// delivery under the same key, and the next commit with an item syncs it too.
    /// </summary>
    public bool MustSync { get; set; }

    public bool IsEmpty => !PoolChanged && Sinks.Count == 0 && NewAudiences.Count == 0;

    public void Delete(int audience, PositionRange range)
    {
        if (Deletions.Count > 0 && Deletions[^1] is var last && last.Audience == audience && last.Range.Last + 1 == range.First)
        {
            Deletions[^1] = last with { Range = last.Range with { Last = range.Last } };
        }
        else
        {
            Deletions.Add(new ItemDeletion(audience, range));
        }
    }

    public void Clear()
    {
        NewAudiences.Clear();
        Items.Clear();
        Copies.Clear();
        Redrives.Clear();
        DeadLetters.Clear();
        DeadAgain.Clear();
        DeadLettersGone.Clear();
        Deletions.Clear();
        Messages.Clear();
        MessagesGoneUpTo = 0;
        Sinks.Clear();
        PoolChanged = false;
        Settled = 0;
        MustSync = false;
    }
}

/// <summary>An appended item.</summary>
internal readonly record struct NewRow(long Position, long Sequence, int Audience, long Size, uint Crc, ItemContent Content);

/// <summary>An item that is owed to others too from now on: the same row at a new position.</summary>
internal readonly record struct ItemCopy(long From, long Position, int Audience);

/// <summary>A dead letter that becomes an item again and stays marked until that is settled.</summary>
internal readonly record struct Redrive(long DeadLetter, long Position, int Audience);

/// <summary>An item that moves to the dead letters of a sink.</summary>
internal readonly record struct NewDeadLetter(int Sink, long Position, DeadReason Reason, long At);

/// <summary>A redriven dead letter that failed again.</summary>
internal readonly record struct DeadAgain(long DeadLetter, DeadReason Reason, long At);

/// <summary>Items of one audience that nobody is owed any more.</summary>
internal readonly record struct ItemDeletion(int Audience, PositionRange Range);
