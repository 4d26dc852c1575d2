namespace Sluice.TestKit.Internals;

/// <summary>Counts the events that any of some filters takes.</summary>
internal sealed class EventCounter(IReadOnlyList<Predicate<object>> filters)
{
    private readonly Lock _gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private int _count;

    public int Total
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public bool Count(object @event)
    {
        if (!filters.Any(filter => filter(@event)))
        {
            return false;
        }
        lock (_gate)
        {
            _count++;
            foreach (var (_, reached) in _waiting.Where(one => one.Count <= _count))
            {
                reached.TrySetResult();
            }
        }
        return true;
    }

    public Task WhenReached(int count)
    {
        lock (_gate)
        {
            if (_count >= count)
            {
                return Task.CompletedTask;
            }
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            return reached.Task;
        }
    }
}
