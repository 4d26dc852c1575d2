namespace Sluice.Host.Running;

/// <summary>
/// What waits for the journal: many at once, so that they share its commits, and each told once it is safe, in the order in which they were added.
/// One flow uses it at a time.
/// </summary>
/// <typeparam name="T">What is told.</typeparam>
/// <param name="most">How many may wait.</param>
/// <param name="safe">Told of each.</param>
internal sealed class Acknowledgements<T>(int most, Func<T, Task> safe)
{
    private readonly Queue<Task<T>> _waiting = new();

    /// <summary>Adds one; waits for the oldest while there are too many. Throws what a commit failed with; that one is not told.</summary>
    public Task AddAsync(Task<T> taken)
    {
        _waiting.Enqueue(taken);
        return TellAsync(downTo: most);
    }

    /// <summary>Waits for all.</summary>
    public Task CompleteAsync() => TellAsync(downTo: 0);

    private async Task TellAsync(int downTo)
    {
        while (_waiting.TryPeek(out var oldest) && (_waiting.Count > downTo || oldest.IsCompleted))
        {
            _ = _waiting.Dequeue();
            await safe(await oldest.ConfigureAwait(false)).ConfigureAwait(false);
        }
    }
}
