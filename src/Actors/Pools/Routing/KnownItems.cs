using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Goes through the items of a commit one by one and tells which of them the journal had already, because their message came before.</summary>
/// <param name="known">What the journal says of them.</param>
internal sealed class KnownItems(IReadOnlyList<KnownMessage>? known)
{
    private int _item;
    private int _message;

    /// <summary>The number that the next item got when it came first; null when it is new.</summary>
    public long? Next()
    {
        var item = _item++;
        while (_message < (known?.Count ?? 0) && known![_message] is var message && item >= message.Index)
        {
            if (item < message.Index + message.Count)
            {
                return message.FirstSequence + item - message.Index;
            }

            _message++;
        }

        return null;
    }
}
