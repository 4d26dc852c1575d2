using Sluice.Instruments.Tasks;

namespace Sluice.Instruments.Tests.Tasks;

public sealed class ObservedTaskSpecs
{
    [Fact]
    public async Task Instruments_1_OnTaskBeforeSend_and_OnTaskAfterSend_fire_for_each_turn_and_OnTaskCompleted_at_the_end()
    {
        var watcher = new TaskWatcher();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var scope = watcher.Enter();

        var task = ObservedTask.Run("reader", async _ =>
        {
            await gate.Task;
            return 42;
        });
        await watcher.FirstTurn.Within();
        gate.SetResult();

        (await task.Within()).ShouldBe(42);
        watcher.Seen.ShouldBe(["reader resumed", "reader Yields", "reader resumed", "reader Completed", "reader returned 42"]);
    }

    [Fact]
    public async Task Instruments_1_OnTaskError_fires_with_the_exception()
    {
        var watcher = new TaskWatcher();
        using var scope = watcher.Enter();

        var task = ObservedTask.Run("reader", static _ => throw new InvalidDataException("bad row"));

        await Should.ThrowAsync<InvalidDataException>(() => task.Within());
        watcher.Seen.ShouldBe(["reader resumed", "reader Failed", "reader threw bad row"]);
    }

    [Fact]
    public async Task Instruments_1_OnTaskCancelled_fires_when_the_callers_token_did_it()
    {
        var watcher = new TaskWatcher();
        using var scope = watcher.Enter();
        using var cancel = new CancellationTokenSource();

        var task = ObservedTask.Run("reader", token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), cancel.Token);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => task.Within());
        watcher.Seen.Last().ShouldBe("reader was cancelled");
    }

    [Fact]
    public async Task Work_whose_token_is_cancelled_already_does_not_begin_as_it_would_not_with_none_active()
    {
        var seen = new TaskWatcher();
        using var scope = seen.Enter();
        var hasBegun = false;

        await Should.ThrowAsync<OperationCanceledException>(() => ObservedTask.Run(
            "late",
            _ =>
            {
                hasBegun = true;
                return Task.CompletedTask;
            },
            new CancellationToken(canceled: true)).Within());

        hasBegun.ShouldBeFalse();
        seen.Seen.Last().ShouldBe("late was cancelled");
    }

    [Fact]
    public async Task Someone_elses_cancellation_is_an_error()
    {
        var watcher = new TaskWatcher();
        using var scope = watcher.Enter();

        var task = ObservedTask.Run("reader", static _ => throw new OperationCanceledException("not yours"));

        await Should.ThrowAsync<OperationCanceledException>(() => task.Within());
        watcher.Seen.Last().ShouldBe("reader threw not yours");
    }

    [Fact]
    public async Task Instruments_2_1_Tasks_started_inside_a_task_are_seen_with_their_parent()
    {
        using var scope = new TaskWatcher().Enter();

        var family = await ObservedTask.Run("parent", token => ObservedTask.Run(
            "child", _ => Task.FromResult((ObservedTask.Current!.Name, ObservedTask.Current.Parent!.Name)), token)).Within();

        family.ShouldBe(("child", "parent"));
        ObservedTask.Current.ShouldBeNull();
    }

    [Fact]
    public async Task The_end_of_a_turn_outside_the_context_is_not_waited_for()
    {
        var watcher = new TaskWatcher();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var scope = watcher.Enter();

        var task = ObservedTask.Run("reader", async Task<int> (_) =>
        {
            await gate.Task.ConfigureAwait(false);
            return 1;
        });
        await watcher.FirstTurn.Within();
        gate.SetResult();
        await task.Within();

        watcher.Seen.ShouldBe(["reader resumed", "reader Yields", "reader returned 1"]);
    }

    [Fact]
    public async Task Instruments_2_4_With_none_active_the_work_runs_as_a_plain_task()
    {
        var context = await ObservedTask.Run("reader", static _ => Task.FromResult((ObservedTask.Current, SynchronizationContext.Current)));

        context.ShouldBe((null, null));
    }
}
