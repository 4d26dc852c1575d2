namespace Sluice.Tubes.Scheduling;

/// <summary>The root epochs that have begun and not ended, in their order.</summary>
internal sealed class ActiveRoots
{
    private EpochFrame? _last;

    public int Count { get; private set; }

    public void Add(EpochFrame root)
    {
        (root.Earlier, root.Later) = (_last, null);
        if (_last is not null)
        {
            _last.Later = root;
        }

        _last = root;
        Count++;
    }

    /// <summary>Takes one out; gives the one after it.</summary>
    public EpochFrame? Remove(EpochFrame root)
    {
        Count--;
        var later = root.Later;
        if (root.Earlier is not null)
        {
            root.Earlier.Later = later;
        }

        if (later is null)
        {
            _last = root.Earlier;
        }
        else
        {
            later.Earlier = root.Earlier;
        }

        return later;
    }
}
