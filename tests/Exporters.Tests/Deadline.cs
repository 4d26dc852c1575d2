namespace Sluice.Exporters.Tests;

/// <summary>Ends a hung test; no assertion depends on it.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    public static Task Within(this Task task) => task.WaitAsync(Length);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Length);

    public static Task<T> Within<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Length);

    public static Task Within(this ValueTask task) => task.AsTask().WaitAsync(Length);

    /// <summary>Waits until something that other threads bring about holds.</summary>
    public static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    /// <inheritdoc cref="Until(Func{bool})"/>
    public static async Task Until(Func<Task<bool>> condition)
    {
        using var end = new CancellationTokenSource(Length);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, end.Token);
        }
    }
}
