using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Sends on their way into the journal. While the journal is busy others gather, and all of them go to it together: that is how many senders share one
/// commit.
/// </summary>
internal sealed class Intake(ExporterPoolSettings settings)
{
    private const int MostSends = 4096;
    private readonly LinkedList<PendingSend> _arrived = new();
    private int _committing;
    private long _bytes;
    private int _items;
    private int _alone;

    /// <summary>Whether a commit is under way.</summary>
    public bool IsCommitting => _committing > 0;

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

    /// <summary>Begins a group with the first that waits; null when nothing does.</summary>
    public SendGroup? TakeGroup()
    {
        if (_arrived.First is not { Value: var first })
        {
            return null;
        }

        var group = new SendGroup(first.OwedTo, _alone > 0 ? 1 : MostSends);
        _alone = Math.Max(0, _alone - 1);
        _committing++;
        Fill(group);
        return group;
    }

    /// <summary>Adds those that wait to a group, in their order, as far as it takes them.</summary>
    public void Fill(SendGroup group)
    {
        while (_arrived.First is { Value: var next } && group.TryAdd(next))
        {
            _arrived.RemoveFirst();
        }
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

    /// <summary>A commit of these has ended.</summary>
    public void Committed(IReadOnlyList<PendingSend> sends)
    {
        _committing--;
        foreach (var send in sends)
        {
            Count(send, -1);
        }
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

    private void Count(PendingSend send, int sign)
    {
        _items += sign * send.Items.Count;
        _bytes += sign * send.Bytes;
    }
}
