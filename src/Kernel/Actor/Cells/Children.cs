namespace Sluice.Kernel.Actor.Cells;

/// <summary>
/// The children of one actor by name. A name stays taken until the child has ended. Changed in the parent's turn; selections read it
/// from any thread, hence the lock.
/// </summary>
internal sealed class Children(ActorCell cell)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LocalActorRef> _byName = new(StringComparer.Ordinal);
    private HashSet<LocalActorRef>? _dying;
    private Dictionary<LocalActorRef, RestartStatistics>? _statistics;
    private long _generated;

    /// <summary>What goes on once the dying children have ended.</summary>
    public AfterChildren? WhenDone { get; private set; }

    public IReadOnlyList<IActorRef> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _byName.Values];
            }
        }
    }

    public LocalActorRef? Find(string name)
    {
        lock (_gate)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public bool Contains(IActorRef child) => child is LocalActorRef local && Find(local.Path.Name) == local;

    public IActorRef Create(Props props, string? name)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (cell.IsStopping)
        {
            throw new InvalidOperationException($"{cell.Self.Path} cannot create children: it is stopping or has stopped.");
        }
        if (name is not null && !ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"'{name}' is no name for an actor below {cell.Self.Path}: use letters, digits and -_.*+:@&=,!~';(), and no $ in front.");
        }
        var child = Reserve(props, name);
        for (var i = cell.Status.Suspensions; i > 0; i--)
        {
            child.Suspend();
        }
        child.Start();
        return child;
    }

    /// <summary>A child was told to stop.</summary>
    public void Dying(IActorRef child)
    {
        lock (_gate)
        {
            if (child is LocalActorRef local && _byName.TryGetValue(local.Path.Name, out var known) && known == local)
            {
                (_dying ??= []).Add(local);
            }
        }
    }

    /// <summary>Says what goes on after the dying children; false when there are none to wait for.</summary>
    public bool Await(AfterChildren then)
    {
        lock (_gate)
        {
            if (_dying is null or { Count: 0 })
            {
                WhenDone = null;
                return false;
            }
            WhenDone = then;
            return true;
        }
    }

    /// <summary>A child has ended; gives what goes on now, if it was the last that was waited for.</summary>
    public AfterChildren? Remove(LocalActorRef child)
    {
        lock (_gate)
        {
            _byName.Remove(child.Path.Name);
            _statistics?.Remove(child);
            if (_dying is null || !_dying.Remove(child) || _dying.Count > 0)
            {
                return null;
            }
            var then = WhenDone;
            WhenDone = null;
            return then;
        }
    }

    public void StopAll()
    {
        foreach (var child in All)
        {
            cell.Stop(child);
        }
    }

    public void SuspendAll(IActorRef? except)
    {
        foreach (var child in All)
        {
            if (!child.Equals(except))
            {
                ((IInternalActorRef)child).Suspend();
            }
        }
    }

    /// <summary>Resumes all; the one that brought the failure is told what it was, so that it leaves its own failure behind.</summary>
    public void ResumeAll(Exception? cause, IActorRef? perpetrator)
    {
        foreach (var child in All)
        {
            ((IInternalActorRef)child).Resume(child.Equals(perpetrator) ? cause : null);
        }
    }

    public RestartStatistics StatisticsOf(IActorRef child)
    {
        lock (_gate)
        {
            _statistics ??= [];
            var local = (LocalActorRef)child;
            if (!_statistics.TryGetValue(local, out var statistics))
            {
                _statistics[local] = statistics = new RestartStatistics(cell.System.Scheduler);
            }
            return statistics;
        }
    }

    private LocalActorRef Reserve(Props props, string? name)
    {
        lock (_gate)
        {
            name ??= GenerateName();
            if (_byName.ContainsKey(name))
            {
                throw new InvalidActorNameException(
                    $"The name '{name}' below {cell.Self.Path} is taken by a living actor: choose another, or wait for its Terminated.");
            }
            var path = cell.Self.Path.Child(name, Random.Shared.NextInt64(1, long.MaxValue));
            return _byName[name] = LocalActorRef.Create(cell.System, props, cell.Self, path);
        }
    }

    private string GenerateName()
    {
        Span<char> text = stackalloc char[16];
        var length = 0;
        text[length++] = '$';
        for (var number = _generated++; length == 1 || number > 0; number >>= 6)
        {
            text[length++] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~"[(int)(number & 63)];
        }
        return new string(text[..length]);
    }
}
