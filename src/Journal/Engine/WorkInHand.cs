namespace Sluice.Journal.Engine;

/// <summary>What the writer has decided since the last commit: the pool as it will be, what the commit will write, and who is told then. Writer only.</summary>
internal sealed class WorkInHand(PoolState pool)
{
    /// <summary>The pool as it will be once the commit in preparation is through.</summary>
    public PoolState Pool { get; set; } = pool;

    /// <summary>What the commit writes.</summary>
    public CommitPlan Plan { get; } = new();

    /// <summary>The calls that it answers.</summary>
    public List<JournalRequest> Decided { get; } = [];

    /// <summary>The call that is being decided.</summary>
    public JournalRequest? Deciding { get; set; }

    /// <summary>Bytes of the appends among <see cref="Decided"/>.</summary>
    public long Bytes { get; set; }

    /// <summary>Forgets everything but the pool; nobody is told.</summary>
    public void Clear()
    {
        Plan.Clear();
        Decided.Clear();
        Bytes = 0;
    }
}
