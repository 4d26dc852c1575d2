using Sluice.Actors.Tubes.Flow;
using Sluice.Tubes.Epochs;

namespace Sluice.Actors.Tubes.Runs;

/// <summary>What a caller wants from the runner: a number of epochs, and where their results go. Told to the runner actor as a message.</summary>
internal abstract class TubeRun : IDisposable
{
    private readonly TaskCompletionSource<RunEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop;
    private long _left;

    protected TubeRun(Course course, object?[] inputs, long epochs, CancellationToken cancellationToken)
    {
        Course = course;
        Inputs = inputs;
        _left = epochs;
        CancellationToken = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    public Course Course { get; }

    /// <summary>The values of the tube's inputs, the same for all epochs.</summary>
    public object?[] Inputs { get; }

    /// <summary>The process-scoped assets of the first epoch, where they are made already.</summary>
    public object?[]? FirstAssets { get; set; }

    /// <summary>How many epochs are still to begin.</summary>
    public long Left { get => Volatile.Read(ref _left); set => Volatile.Write(ref _left, value); }

    /// <summary>The caller's.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What nodes are given: fires with the caller's, and when calls that go on after a failure have had their time.</summary>
    public CancellationToken NodeToken => _stop.Token;

    public Task<RunEnd> Ended => _ended.Task;

    /// <summary>Whether the caller has room for the result of one epoch more. The course's owner only.</summary>
    public virtual bool HasRoom => true;

    /// <summary>An epoch has ended; called in the order of epochs. The course's owner only.</summary>
    public abstract void Deliver(Epoch epoch, object? value);

    /// <summary>No more is coming for the moment: the caller shall have what has been delivered.</summary>
    public virtual void Flush()
    {
    }

    public void StopCalls() => _stop.Cancel();

    /// <summary>It is over. Only the first end counts.</summary>
    public virtual void End(RunEnd end) => _ended.TrySetResult(end);

    public void Dispose() => _stop.Dispose();
}
