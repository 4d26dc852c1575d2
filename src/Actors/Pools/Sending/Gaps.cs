namespace Sluice.Actors.Pools.Sending;

/// <summary>Stretches of the journal that an exporter still has to read, oldest first: behind <c>After</c>, up to and with <c>UpTo</c>.</summary>
internal sealed class Gaps
{
    private const int Most = 64;
    private readonly LinkedList<(long After, long UpTo)> _gaps = new();

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => _gaps.Count == 0;

    /// <summary>Whether no further stretch can be remembered on its own.</summary>
    public bool IsFull => _gaps.Count >= Most;

    /// <summary>The oldest stretch.</summary>
    public (long After, long UpTo) First => _gaps.First!.Value;

    /// <summary>What lies behind <paramref name="after"/> up to <paramref name="upTo"/> has to be read; it joins the last stretch when nothing was taken between.</summary>
    public void Add(long after, long upTo, bool joins)
    {
        if (joins && _gaps.Last is { } last)
        {
            last.ValueRef.UpTo = Math.Max(last.ValueRef.UpTo, upTo);
        }
        else if (upTo > after)
        {
            _gaps.AddLast((after, upTo));
        }
    }

    /// <summary>The oldest stretch has been read up to here; with <paramref name="isEnd"/> it holds nothing further.</summary>
    public void Read(long position, bool isEnd)
    {
        if (isEnd || position >= _gaps.First!.ValueRef.UpTo)
        {
            _gaps.RemoveFirst();
        }
        else
        {
            _gaps.First.ValueRef.After = position;
        }
    }

    /// <summary>Forgets all of them.</summary>
    public void Clear() => _gaps.Clear();
}
