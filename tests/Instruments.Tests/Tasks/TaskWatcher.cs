using System.Collections.Concurrent;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests.Tasks;

internal sealed class TaskWatcher : EventLoopInstrument
{
    private readonly TaskCompletionSource _firstTurn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task FirstTurn => _firstTurn.Task;

    public ConcurrentQueue<string> Seen { get; } = [];

    public override void OnTaskBeforeSend(in TaskTurn turn) => Seen.Enqueue($"{turn.Task.Name} resumed");

    public override void OnTaskAfterSend(in TaskTurnEnded turn)
    {
        Seen.Enqueue($"{turn.Task.Name} {turn.Next}");
        _firstTurn.TrySetResult();
    }

    public override void OnTaskCompleted(in TaskEnded ended) => Seen.Enqueue($"{ended.Task.Name} returned {ended.Result}");

    public override void OnTaskError(in TaskEnded ended) => Seen.Enqueue($"{ended.Task.Name} threw {ended.Fault!.Message}");

    public override void OnTaskCancelled(in TaskEnded ended) => Seen.Enqueue($"{ended.Task.Name} was cancelled");
}
