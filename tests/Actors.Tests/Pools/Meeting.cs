namespace Sluice.Actors.Tests.Pools;

/// <summary>Where so many come together: nobody goes on before all are there, and nobody blocks a thread meanwhile.</summary>
internal sealed class Meeting(int participants)
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = participants;

    public Task ArriveAsync()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _complete.SetResult();
        }

        return _complete.Task.Within();
    }
}
