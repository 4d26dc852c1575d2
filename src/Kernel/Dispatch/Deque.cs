namespace Sluice.Kernel.Dispatch;

/// <summary>A ring that grows at both ends.</summary>
internal sealed class Deque<T>
{
    private T[] _items = new T[4];
    private int _first;

    public int Count { get; private set; }

    public void AddFirst(T item)
    {
        if (Count == _items.Length)
        {
            Grow();
        }
        _first = (_first - 1) & (_items.Length - 1);
        _items[_first] = item;
        Count++;
    }

    public T RemoveFirst()
    {
        var item = _items[_first];
        _items[_first] = default!;
        _first = (_first + 1) & (_items.Length - 1);
        Count--;
        return item;
    }

    private void Grow()
    {
        var larger = new T[_items.Length * 2];
        for (var i = 0; i < Count; i++)
        {
            larger[i] = _items[(_first + i) & (_items.Length - 1)];
        }
        _items = larger;
        _first = 0;
    }
}
