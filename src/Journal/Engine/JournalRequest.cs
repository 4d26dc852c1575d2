using System.Threading.Tasks.Sources;

namespace Sluice.Journal.Engine;

/// <summary>A call that waits for the writer. It completes exactly once, after its commit.</summary>
internal abstract class JournalRequest
{
    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>A call with a result, made to be awaited once and used again.</summary>
internal abstract class JournalRequest<T> : JournalRequest, IValueTaskSource<T>
    where T : struct
{
    private ManualResetValueTaskSourceCore<T> _completion = new() { RunContinuationsAsynchronously = true };

    public ValueTask<T> Task => new(this, _completion.Version);

    /// <summary>What the call will return once its commit is through. Writer only.</summary>
    public T Result { get; set; }

    public override void Complete() => _completion.SetResult(Result);

    public override void Fail(Exception exception) => _completion.SetException(exception);

    public T GetResult(short token)
    {
        try
        {
            return _completion.GetResult(token);
        }
        finally
        {
            _completion.Reset();
            Retire();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    /// <summary>Nobody looks at this object any more: it may serve another call.</summary>
    protected abstract void Retire();
}
