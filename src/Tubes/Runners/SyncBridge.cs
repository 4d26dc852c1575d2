namespace Sluice.Tubes.Runners;

/// <summary>
/// Waits for asynchronous work from synchronous code. The work sees no synchronisation context and no task scheduler of the caller's,
/// so that nothing in it can wait for the thread that waits here.
/// </summary>
internal static class SyncBridge
{
    public static T Run<T>(Func<ValueTask<T>> work)
    {
        if (TaskScheduler.Current != TaskScheduler.Default)
        {
            return Task.Run(() => work().AsTask()).GetAwaiter().GetResult();
        }

        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var pending = work();
            return pending.IsCompleted ? pending.GetAwaiter().GetResult() : pending.AsTask().GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public static void Run(Func<ValueTask> work) => Run(async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });
}
