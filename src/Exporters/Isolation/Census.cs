using System.Runtime.InteropServices;

namespace Sluice.Exporters.Isolation;

/// <summary>
/// Counts live objects without keeping any alive and without finalizers, which cost several times what the copy itself does.
/// Each object has a weak handle; every addition looks at two others and takes over the first that it finds dead, so that the work per
/// addition is constant and dead handles do not pile up.
/// </summary>
internal sealed class Census<T>
    where T : class
{
    private const int LooksPerAddition = 2;

    private readonly Lock _gate = new();

    // Under _gate.
    private WeakGCHandle<T>[] _handles = [];
    private int _used;
    private int _next;

    public void Add(T newcomer)
    {
        lock (_gate)
        {
            for (var look = 0; look < LooksPerAddition && look < _used; look++)
            {
                _next = _next + 1 < _used ? _next + 1 : 0;
                if (!_handles[_next].TryGetTarget(out _))
                {
                    _handles[_next].SetTarget(newcomer);
                    return;
                }
            }

            if (_used == _handles.Length)
            {
                Array.Resize(ref _handles, Math.Max(16, _used * 2));
            }

            _handles[_used++] = new WeakGCHandle<T>(newcomer);
        }
    }

    /// <summary>The number alive now, found by looking at all of them.</summary>
    public long Count()
    {
        lock (_gate)
        {
            var alive = 0L;
            foreach (ref var handle in _handles.AsSpan(0, _used))
            {
                alive += handle.TryGetTarget(out _) ? 1 : 0;
            }

            return alive;
        }
    }
}
