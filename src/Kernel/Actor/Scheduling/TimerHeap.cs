namespace Sluice.Kernel.Actor.Scheduling;

/// <summary>A heap of what is to be done, earliest first, in order of scheduling among equals. Any entry leaves in O(log n).</summary>
internal sealed class TimerHeap
{
    private const int Arity = 4;

    private ScheduledWork[] _items = new ScheduledWork[16];

    public int Count { get; private set; }

    public ScheduledWork? Earliest => Count == 0 ? null : _items[0];

    public void Add(ScheduledWork work)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }
        MoveUp(work, Count++);
    }

    public bool Remove(ScheduledWork work)
    {
        var hole = work.HeapIndex;
        if (hole == ScheduledWork.NotInHeap)
        {
            return false;
        }
        work.HeapIndex = ScheduledWork.NotInHeap;
        var last = _items[--Count];
        _items[Count] = null!;
        if (last != work)
        {
            MoveDown(last, hole);
            if (last.HeapIndex == hole)
            {
                MoveUp(last, hole);
            }
        }
        return true;
    }

    private static bool IsBefore(ScheduledWork left, ScheduledWork right) =>
        left.Due < right.Due || (left.Due == right.Due && left.Sequence < right.Sequence);

    private void MoveUp(ScheduledWork work, int index)
    {
        while (index > 0)
        {
            var parent = (index - 1) / Arity;
            if (!IsBefore(work, _items[parent]))
            {
                break;
            }
            Put(_items[parent], index);
            index = parent;
        }
        Put(work, index);
    }

    private void MoveDown(ScheduledWork work, int index)
    {
        while (true)
        {
            var first = (index * Arity) + 1;
            if (first >= Count)
            {
                break;
            }
            var least = first;
            for (var child = first + 1; child < Math.Min(first + Arity, Count); child++)
            {
                least = IsBefore(_items[child], _items[least]) ? child : least;
            }
            if (!IsBefore(_items[least], work))
            {
                break;
            }
            Put(_items[least], index);
            index = least;
        }
        Put(work, index);
    }

    private void Put(ScheduledWork work, int index)
    {
        _items[index] = work;
        work.HeapIndex = index;
    }
}
