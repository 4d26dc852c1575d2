using System.Collections.Concurrent;

namespace Sluice.Journal.Engine;

/// <summary>Requests between two calls, so that a send need not allocate one.</summary>
internal sealed class RequestPool<T>
    where T : class, new()
{
    private const int Kept = 1024;

    private readonly ConcurrentQueue<T> _idle = new();

    public T Rent() => _idle.TryDequeue(out var request) ? request : new T();

    public void Return(T request)
    {
        if (_idle.Count < Kept)
        {
            _idle.Enqueue(request);
        }
    }
}
