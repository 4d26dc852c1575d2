namespace Sluice.Instruments.Tests;

/// <summary>Ends a test that hangs; no assertion depends on its length.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    public static async Task<T> Within<T>(this ValueTask<T> task) => await task.AsTask().WaitAsync(Length);

    public static async Task Within(this ValueTask task) => await task.AsTask().WaitAsync(Length);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Length);

    public static Task Within(this Task task) => task.WaitAsync(Length);

    /// <summary>Waits for a condition that nobody signals.</summary>
    public static async Task Until(Func<bool> condition)
    {
        using var end = new CancellationTokenSource(Length);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, end.Token);
        }
    }
}
