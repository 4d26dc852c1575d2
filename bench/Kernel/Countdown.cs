namespace Sluice.Kernel.Bench;

/// <summary>Counts what has arrived, without allocating, and tells when it is all.</summary>
internal sealed class Countdown
{
    private TaskCompletionSource _done = new();
    private int _left;

    public Task Start(int count)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, count);
        return _done.Task;
    }

    /// <summary>For one consumer alone.</summary>
    public void Arrived()
    {
        if (--_left == 0)
        {
            _done.SetResult();
        }
    }

    public void ArrivedShared()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _done.SetResult();
        }
    }
}
