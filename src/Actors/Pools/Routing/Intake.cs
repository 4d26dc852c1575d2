using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Sends on their way into the journal. While one commit is under way the others gather, and all of them go into the next: that is how many
/// senders share one commit.
/// </summary>
internal sealed class Intake(ExporterPoolSettings settings)
{
    private const int MostSends = 4096;
    private const long MostBytes = 8 << 20;
    private readonly LinkedList<PendingSend> _arrived = new();
    private List<PendingSend> _committing = [];
    private long _bytes;
    private int _items;
    private int _alone;

    /// <summary>Whether a commit is under way.</summary>
    public bool IsCommitting => _committing.Count > 0;

    /// <summary>Items that wait.</summary>
    public int Waiting => _items;

    /// <summary>Whether nothing waits and nothing is under way.</summary>
    public bool IsEmpty => _items == 0 && !IsCommitting;

    /// <summary>Whether there is no room for a send: those that wait for the journal fill what memory they may.</summary>
    public bool IsFull(PendingSend send) =>
        _items > 0 && (_items + send.Items.Count > settings.WaitingItems || _bytes + send.Bytes > settings.WaitingBytes);

    /// <summary>A send that waits for the next commit.</summary>
    public void Add(PendingSend send)
    {
        _arrived.AddLast(send);
        Count(send, 1);
    }

    /// <summary>Takes what goes into the next commit: sends that are owed to the same exporters. Empty when nothing waits or a commit is under way.</summary>
    public IReadOnlyList<PendingSend> TakeForCommit()
    {
        if (IsCommitting || _arrived.First is not { Value: var first })
        {
            return [];
        }

        var sends = new List<PendingSend>();
        var most = _alone > 0 ? 1 : MostSends;
        long bytes = 0;
        while (sends.Count < most && bytes < MostBytes && _arrived.First is { Value: var next } && ReferenceEquals(next.OwedTo, first.OwedTo))
        {
            _arrived.RemoveFirst();
            sends.Add(next);
            bytes += next.Bytes;
        }

        _alone = Math.Max(0, _alone - 1);
        _committing = sends;
        return sends;
    }

    /// <summary>
    /// The journal refused sends together because of a limit: each is to be tried on its own, so that one that is too large, or one too many, does not
    /// take the others with it.
    /// </summary>
    public void TryEachAlone(IReadOnlyList<PendingSend> sends)
    {
        for (var index = sends.Count - 1; index >= 0; index--)
        {
            Count(sends[index], 1);
            _arrived.AddFirst(sends[index]);
        }

        _alone = sends.Count;
    }

    /// <summary>The commit under way has ended.</summary>
    public void Committed()
    {
        _committing.ForEach(send => Count(send, -1));
        _committing = [];
    }

    /// <summary>Refuses everything that waits for a commit that has not begun.</summary>
    public void RefuseAll(SendAnswer.Refused refusal, IActorRef pool)
    {
        foreach (var send in _arrived)
        {
            Count(send, -1);
            send.AnswerAll(refusal, pool);
        }

        _arrived.Clear();
    }

    /// <summary>Commits sends, all by one append.</summary>
    public static async Task<Commit> CommitAsync(IJournal journal, IReadOnlyList<PendingSend> sends, CancellationToken cancellationToken)
    {
        try
        {
            var items = sends.SelectMany(send => send.Items).OfType<PoolItem>().Select(Sending.JournalItems.Save).ToArray();
            return new(sends, await journal.AppendAsync(items, sends[0].OwedTo, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(sends, default, fault);
        }
    }

    private void Count(PendingSend send, int sign)
    {
        _items += sign * send.Items.Count;
        _bytes += sign * send.Bytes;
    }
}
