using Microsoft.Extensions.Logging;
using Sluice.Actors.Pools;

namespace Sluice.Logging;

/// <summary>
/// Log entries of <see cref="ILogger"/> as items of an exporter pool: what the pool's journal has taken outlives crashes of this process and outages of
/// every sink. An entry is safe once it is committed, a moment after it was logged; <see cref="FlushAsync"/> waits for that. All members may be called from any
/// thread at once; logging never throws and never waits.
/// </summary>
[ProviderAlias("Sluice")]
public sealed class PoolLoggerProvider : ILoggerProvider, ISupportExternalScope, IAsyncDisposable
{
    private readonly PoolLoggerSettings _settings;
    private readonly TimeProvider _time;
    private readonly EntryQueue _queue;
    private IExternalScopeProvider? _scopes;

    /// <summary>Logs into a pool, which stays its owner's: it is to be stopped after this.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="settings">How entries wait; the defaults if left out.</param>
    /// <param name="time">The clock of timestamps and retries; the system's if left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public PoolLoggerProvider(ExporterPool pool, PoolLoggerSettings? settings = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        (_settings, _time) = (settings ?? new PoolLoggerSettings(), time ?? TimeProvider.System);
        _settings.Validate();
        _queue = new EntryQueue(pool.Actor, _settings, _time);
    }

    /// <summary>Entries that were lost so far: there was no room for them, or the pool had stopped. Losses are also logged into the pool, once there is room.</summary>
    public long Dropped => _queue.Dropped;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        var isTaken = _settings.ExcludedCategories is not { } excluded || !categoryName.StartsWith(excluded, StringComparison.Ordinal);
        return new PoolLogger(categoryName, isTaken, _queue, () => _scopes, _time);
    }

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <summary>Waits until the journal has everything that was logged before.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the entries go on their way all the same.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _queue.FlushAsync(cancellationToken);

    /// <summary>Takes nothing more, and waits for <see cref="PoolLoggerSettings.DrainTimeout"/> until the journal has what was logged; the rest counts as dropped.</summary>
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    /// <summary>The same for factories, which know no other way; nothing that it waits for needs the caller's thread.</summary>
    public void Dispose() => Task.Run(() => _queue.DisposeAsync().AsTask()).GetAwaiter().GetResult();
}
