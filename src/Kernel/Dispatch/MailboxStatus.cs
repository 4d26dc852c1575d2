namespace Sluice.Kernel.Dispatch;

// bit 0     a turn is claimed: queued on the dispatcher or running
// bit 1     closed: no user message is handled any more
// bit 2     stopping: the owner is on its way to its end
// bit 3     watched: instruments see what is put and handled
// bits 4..  how many suspensions are in force
/// <summary>The status word of a mailbox, with names for its questions.</summary>
internal readonly record struct MailboxStatus(int Word)
{
    public const int Claimed = 1;
    public const int Closed = 2;
    public const int Stopping = 4;
    public const int Watched = 8;
    public const int Suspension = 16;

    // Who is watched is found out with the test for the end that is made in any case: it costs nothing while nobody watches.
#if NO_HOOKS
    private const int Special = Closed;
#else
    private const int Special = Closed | Watched;
#endif

    public bool IsClaimed => (Word & Claimed) != 0;

    public bool IsClosed => (Word & Closed) != 0;

    public bool IsWatched => (Word & Watched) != 0;

    /// <summary>Whether the mailbox is closed or watched.</summary>
    public bool IsSpecial => (Word & Special) != 0;

    public bool IsStopping => (Word & Stopping) != 0;

    public bool IsSuspended => Word >= Suspension;

    public int Suspensions => Word / Suspension;

    /// <summary>Whether the user messages of the mailbox can leave it: to the actor, or to the dead letters once closed.</summary>
    public bool LetsUserMessagesOut => !IsSuspended || IsClosed;
}
