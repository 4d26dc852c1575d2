namespace Sluice.TestKit.Internals;

/// <summary>
/// The way from the asynchronous expectations to their synchronous twins. Blocks the test's thread, which belongs to the test: nothing
/// that is waited for needs it, as every await inside of the kit leaves the caller's context.
/// </summary>
internal static class Blocking
{
    public static T Wait<T>(ValueTask<T> task) => task.IsCompleted ? task.GetAwaiter().GetResult() : task.AsTask().GetAwaiter().GetResult();

    public static void Wait(ValueTask task)
    {
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
        }
        else
        {
            task.AsTask().GetAwaiter().GetResult();
        }
    }
}
