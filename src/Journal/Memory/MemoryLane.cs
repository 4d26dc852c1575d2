using Sluice.Journal.Engine;

namespace Sluice.Journal.Memory;

/// <summary>The items of one audience in the order of their positions. Deleted ones leave holes, which are closed once they are the greater part.</summary>
internal sealed class MemoryLane
{
    private readonly List<(long Position, StoredItem? Item)> _slots = [];
    private int _holes;

    public void Add(StoredItem item) => _slots.Add((item.Position, item));

    public IEnumerable<StoredItem> From(long first)
    {
        for (var index = IndexOf(first); index < _slots.Count; index++)
        {
            if (_slots[index].Item is { } item)
            {
                yield return item;
            }
        }
    }

    public void Delete(PositionRange range, Action<StoredItem> deleted)
    {
        for (var index = IndexOf(range.First); index < _slots.Count && _slots[index].Position <= range.Last; index++)
        {
            if (_slots[index].Item is { } item)
            {
                _slots[index] = (item.Position, null);
                _holes++;
                deleted(item);
            }
        }

        if (_holes > 64 && _holes > _slots.Count / 2)
        {
            _slots.RemoveAll(slot => slot.Item is null);
            _holes = 0;
        }
    }

    private int IndexOf(long position)
    {
        int low = 0, high = _slots.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_slots[middle].Position < position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
