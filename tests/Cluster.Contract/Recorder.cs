namespace Sluice.Cluster.Contract;

/// <summary>Keeps what happened in order, and lets a test wait for it.</summary>
public sealed class Recorder<T>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private readonly Lock _gate = new();
    private readonly List<T> _seen = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<T> Seen
    {
        get
        {
            lock (_gate)
            {
                return [.. _seen];
            }
        }
    }

    public void Add(T item)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _seen.Add(item);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.SetResult();
    }

    public async Task<IReadOnlyList<T>> UntilAsync(Func<IReadOnlyList<T>, bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            Task changed;
            IReadOnlyList<T> seen;
            lock (_gate)
            {
                changed = _changed.Task;
                seen = [.. _seen];
            }
            if (condition(seen))
            {
                return seen;
            }
            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not seen within {Deadline}: {what}. Seen so far: {string.Join(" | ", seen)}");
            }
        }
    }

    public Task<IReadOnlyList<T>> UntilCountAsync(int count) => UntilAsync(seen => seen.Count >= count, $"{count} items");

    public Task<IReadOnlyList<T>> UntilSeenAsync(T item) => UntilAsync(seen => seen.Contains(item), $"{item}");
}
