namespace Sluice.Tubes.Runners;

/// <summary>
/// The synchronous forms of what a runner does. They can be called anywhere, also under a synchronisation context or inside a task
/// of a scheduler of your own, and throw the original exceptions.
/// </summary>
public static class SyncForms
{
    /// <inheritdoc cref="ITubeRunner.InitAsync"/>
    public static void Init(this ITubeRunner runner) => SyncBridge.Run(() => runner.InitAsync());

    /// <inheritdoc cref="ITubeRunner.DeinitAsync"/>
    public static void Deinit(this ITubeRunner runner) => SyncBridge.Run(() => runner.DeinitAsync());

    /// <inheritdoc cref="ITubeRunner.ProcessAsync"/>
    public static object? Process(this ITubeRunner runner, IReadOnlyDictionary<string, object?>? inputs = null) =>
        SyncBridge.Run(() => runner.ProcessAsync(inputs));

    /// <inheritdoc cref="ITubeRunner.RunAsync"/>
    public static IReadOnlyList<object?>? Run(this ITubeRunner runner, int? epochs = null) => SyncBridge.Run(() => runner.RunAsync(epochs));

    /// <inheritdoc cref="ITubeRunner.EnableNodeAsync"/>
    public static void EnableNode(this ITubeRunner runner, string node) => SyncBridge.Run(() => runner.EnableNodeAsync(node));

    /// <inheritdoc cref="ITubeRunner.DisableNodeAsync"/>
    public static void DisableNode(this ITubeRunner runner, string node) => SyncBridge.Run(() => runner.DisableNodeAsync(node));

    /// <inheritdoc cref="ITubeRunner.IterAsync"/>
    public static IEnumerable<object?> Iter(this ITubeRunner runner, int? results = null)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var iteration = runner.IterAsync(results).GetAsyncEnumerator();
        try
        {
            while (SyncBridge.Run(iteration.MoveNextAsync))
            {
                yield return iteration.Current;
            }
        }
        finally
        {
            SyncBridge.Run(iteration.DisposeAsync);
        }
    }
}
