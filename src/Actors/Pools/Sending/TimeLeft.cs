namespace Sluice.Actors.Pools.Sending;

/// <summary>What ends when an exporter halts: its attempts after the pool's grace, and some time later the wait for a journal that has no room.</summary>
internal sealed class TimeLeft : IDisposable
{
    private readonly CancellationTokenSource _toSend;
    private readonly CancellationTokenSource _toSave;

    private TimeLeft(TimeProvider time) => (_toSend, _toSave) = (new(Timeout.InfiniteTimeSpan, time), new(Timeout.InfiniteTimeSpan, time));

    /// <summary>Cuts attempts short, and reads.</summary>
    public CancellationToken ToSend => _toSend.Token;

    /// <summary>Gives up saving what is in memory only: it would be lost, so nothing but a journal without room should take so long.</summary>
    public CancellationToken ToSave => _toSave.Token;

    /// <summary>All the time there is, by this clock.</summary>
    public static TimeLeft Endless(TimeProvider time) => new(time);

    /// <summary>The exporter halts.</summary>
    public void Halt(TimeSpan grace)
    {
        _toSend.CancelAfter(grace);
        _toSave.CancelAfter(grace + Sending.Halt.SaveTime);
    }

    /// <summary>The exporter is no more.</summary>
    public void End()
    {
        _toSend.Cancel();
        _toSave.Cancel();
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _toSend.Dispose();
        _toSave.Dispose();
    }
}
