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
    private readonly Queue<PendingSend> _arrived = new();
    private List<PendingSend> _committing = [];
    private long _bytes;
    private int _items;

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
        _arrived.Enqueue(send);
        _items += send.Items.Count;
        _bytes += send.Bytes;
    }

    /// <summary>Takes what goes into the next commit: sends that are owed to the same exporters. Empty when nothing waits or a commit is under way.</summary>
    public IReadOnlyList<PendingSend> TakeForCommit()
    {
        if (IsCommitting || !_arrived.TryPeek(out var first))
        {
            return [];
        }

        var sends = new List<PendingSend>();
        long bytes = 0;
        while (sends.Count < MostSends && bytes < MostBytes && _arrived.TryPeek(out var next) && ReferenceEquals(next.OwedTo, first.OwedTo))
        {
            sends.Add(_arrived.Dequeue());
            bytes += next.Bytes;
        }

        _committing = sends;
        return sends;
    }

    /// <summary>The commit under way has ended.</summary>
    public void Committed()
    {
        _items -= _committing.Sum(send => send.Items.Count);
        _bytes -= _committing.Sum(send => send.Bytes);
        _committing = [];
    }

    /// <summary>Refuses everything that waits for a commit that has not begun.</summary>
    public void RefuseAll(SendAnswer.Refused refusal, IActorRef pool)
    {
        foreach (var send in _arrived)
        {
            _items -= send.Items.Count;
            _bytes -= send.Bytes;
            send.AnswerAll(refusal, pool);
        }

        _arrived.Clear();
    }

    /// <summary>
    /// Commits sends, all by one append. When the journal refuses them together because of a limit, each is tried on its own, so that one that is too
    /// large or one too many does not take the others with it.
    /// </summary>
    public static async Task<CommitEnded> CommitAsync(IJournal journal, IReadOnlyList<PendingSend> sends, CancellationToken cancellationToken)
    {
        var whole = await AppendAsync(journal, sends, cancellationToken).ConfigureAwait(false);
        if (sends.Count == 1 || whole.Fault is not (Journal.Errors.JournalFullException or Journal.Errors.ItemTooLargeException))
        {
            return new([whole]);
        }

        var parts = new List<Commit>(sends.Count);
        foreach (var send in sends)
        {
            parts.Add(await AppendAsync(journal, [send], cancellationToken).ConfigureAwait(false));
        }

        return new(parts);
    }

    private static async Task<Commit> AppendAsync(IJournal journal, IReadOnlyList<PendingSend> sends, CancellationToken cancellationToken)
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
}
