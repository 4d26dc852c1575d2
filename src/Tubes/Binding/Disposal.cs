namespace Sluice.Tubes.Binding;

/// <summary>Disposes what may or may not be disposable.</summary>
internal static class Disposal
{
    public static async ValueTask DisposeAsync(object? made)
    {
        switch (made)
        {
            case IAsyncDisposable disposable: await disposable.DisposeAsync().ConfigureAwait(false); break;
            case IDisposable disposable: disposable.Dispose(); break;
        }
    }
}
