using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Sends that go into the journal together. It waits there for its turn and grows meanwhile: the pool adds until the journal's writer, another thread,
/// takes what is there.
/// </summary>
/// <param name="owedTo">Whom all of them are owed to.</param>
/// <param name="mostSends">No more than so many.</param>
internal sealed class SendGroup(OwedTo owedTo, int mostSends)
{
    private const long MostBytes = 8 << 20;

    private readonly Lock _gate = new();

    // Under _gate.
    private readonly List<PendingSend> _sends = [];
    private HashSet<string>? _messages;
    private long _bytes;
    private bool _isClosed;

    /// <summary>Whom all of them are owed to.</summary>
    public OwedTo OwedTo => owedTo;

    /// <summary>Adds a send unless the group is closed or full, or the send is owed to others, or has come twice and is in the group already.</summary>
    public bool TryAdd(PendingSend send)
    {
        lock (_gate)
        {
            if (_isClosed || _sends.Count >= mostSends || _bytes >= MostBytes || !ReferenceEquals(send.OwedTo, owedTo) || !IsNew(send.MessageId))
            {
                return false;
            }

            _sends.Add(send);
            _bytes += send.Bytes;
            return true;
        }
    }

    /// <summary>Lets nothing more in.</summary>
    /// <returns>All that is in.</returns>
    public IReadOnlyList<PendingSend> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            return _sends;
        }
    }

    /// <summary>Lets nothing more in, and gives the items as the journal keeps them.</summary>
    public IReadOnlyList<NewItem> CloseAsItems()
    {
        var items = new List<NewItem>();
        foreach (var send in Close())
        {
            foreach (var item in send.Items)
            {
                if (item is not null)
                {
                    items.Add(Sending.JournalItems.Save(item, send.MessageId));
                }
            }
        }

        return items;
    }

    private bool IsNew(string? message) => message is null || (_messages ??= new(StringComparer.Ordinal)).Add(message);
}
