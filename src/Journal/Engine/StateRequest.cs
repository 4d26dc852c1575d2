namespace Sluice.Journal.Engine;

/// <summary>A rare call that changes more than a row: it has a commit of its own.</summary>
internal sealed class StateRequest<T>(Func<ValueTask<T>> decide) : JournalRequest, IDecision
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _completion.Task;

    public async ValueTask DecideAsync() => _result = await decide().ConfigureAwait(false);

    public override void Complete() => _completion.TrySetResult(_result!);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}

/// <summary>What the writer asks before the commit.</summary>
internal interface IDecision
{
    ValueTask DecideAsync();
}
