using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sluice.Exporters;

/// <summary>
/// A registry of named exporters that are started and stopped together. <see cref="Get()"/> gives another manager over the same registry, which
/// either may change without the other noticing.
/// </summary>
public sealed partial class ExporterManager
{
    /// <summary>How long a stop waits for its exporters when nothing else is said.</summary>
    public static readonly TimeSpan DefaultShutdownTimeout = TimeSpan.FromSeconds(120);

    private readonly Lock _gate = new();
    private readonly ILogger _log;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _time;
    private readonly TimeSpan _shutdownTimeout;

    // Under _gate. Both are immutable values: what was read stays as it was.
    private ImmutableArray<KeyValuePair<string, BaseExporter>> _registry;
    private ImmutableArray<KeyValuePair<string, BaseExporter>> _started = [];
    private bool _isRunning;

    /// <summary>Makes an empty one.</summary>
    /// <param name="shutdownTimeout"><see cref="DefaultShutdownTimeout"/> when null.</param>
    /// <param name="loggers">Where replacements and late exporters are logged.</param>
    /// <param name="time">The clock of the timeout.</param>
    public ExporterManager(TimeSpan? shutdownTimeout = null, ILoggerFactory? loggers = null, TimeProvider? time = null)
        : this([], shutdownTimeout ?? DefaultShutdownTimeout, loggers ?? NullLoggerFactory.Instance, time ?? TimeProvider.System)
    {
    }

    private ExporterManager(
        ImmutableArray<KeyValuePair<string, BaseExporter>> registry, TimeSpan shutdownTimeout, ILoggerFactory loggers, TimeProvider time)
    {
        _registry = registry;
        _shutdownTimeout = shutdownTimeout;
        _loggers = loggers;
        _log = loggers.CreateLogger<ExporterManager>();
        _time = time;
    }

    /// <summary>The exporters' names, in the order they were added.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_gate)
            {
                return [.. _registry.Select(entry => entry.Key)];
            }
        }
    }

    /// <summary>Whether exporters were started and not yet stopped.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _isRunning;
            }
        }
    }

    /// <summary>Adds an exporter; one of the same name is replaced, with a warning. While running, it starts with the next start.</summary>
    public void Add(string name, BaseExporter exporter)
    {
        bool replaced;
        lock (_gate)
        {
            var index = IndexOf_NeedsGate(name);
            replaced = index >= 0;
            var entry = KeyValuePair.Create(name, exporter);
            _registry = replaced ? _registry.SetItem(index, entry) : _registry.Add(entry);
        }

        if (replaced)
        {
            LogReplaced(name);
        }
    }

    /// <summary>Removes an exporter; one that is running runs on until the stop.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public void Remove(string name)
    {
        lock (_gate)
        {
            _registry = _registry.RemoveAt(KnownIndexOf_NeedsGate(name));
        }
    }

    /// <summary>The exporter of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public BaseExporter Get(string name)
    {
        lock (_gate)
        {
            return _registry[KnownIndexOf_NeedsGate(name)].Value;
        }
    }

    /// <summary>Another manager, not running, that shares this one's registry until one of them changes it.</summary>
    public ExporterManager Get()
    {
        lock (_gate)
        {
            return new ExporterManager(_registry, _shutdownTimeout, _loggers, _time);
        }
    }

    /// <summary>An isolated copy of every exporter, by name, not started.</summary>
    public IReadOnlyDictionary<string, BaseExporter> CreateIsolatedExporters(ContextState context) =>
        Registry().ToDictionary(entry => entry.Key, entry => entry.Value.CreateIsolatedInstance(context));

    /// <summary>
    /// Starts all exporters at the same time and waits until each is ready or has said that it will not run; with a context, starts isolated copies
    /// instead. The result stops them when disposed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The manager is running.</exception>
    public async ValueTask<IAsyncDisposable> StartAsync(ContextState? context = null, CancellationToken cancellationToken = default)
    {
        ImmutableArray<KeyValuePair<string, BaseExporter>> starting;
        lock (_gate)
        {
            if (_isRunning)
            {
                throw new InvalidOperationException("The exporters are running already; stop them before starting them again.");
            }

            _isRunning = true;
            starting = context is null ? _registry : [.. _registry.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.CreateIsolatedInstance(context)))];
            _started = starting;
        }

        try
        {
            await Task.WhenAll(starting.Select(entry => StartOneAsync(entry.Value, cancellationToken))).ConfigureAwait(false);
        }
        catch
        {
            await StopAsync().ConfigureAwait(false);
            throw;
        }

        return new StopOnDispose(this);
    }

    /// <summary>Stops all that was started, at the same time, for as long as the shutdown timeout. Stopping what does not run is harmless.</summary>
    /// <returns>The names of those that did not stop in time; a warning names them too.</returns>
    public async ValueTask<IReadOnlyList<string>> StopAsync()
    {
        ImmutableArray<KeyValuePair<string, BaseExporter>> stopping;
        lock (_gate)
        {
            stopping = _started;
            _started = [];
            _isRunning = false;
        }

        var stops = stopping.Select(entry => (entry.Key, Stop: Task.Run(() => entry.Value.StopAsync().AsTask()))).ToList();
        try
        {
            await Task.WhenAll(stops.Select(stop => stop.Stop)).WaitAsync(_shutdownTimeout, _time).ConfigureAwait(false);
            return [];
        }
        catch (TimeoutException)
        {
            string[] late = [.. stops.Where(stop => !stop.Stop.IsCompleted).Select(stop => stop.Key)];
            LogLate(string.Join(", ", late), _shutdownTimeout);
            return late;
        }
    }

    // On the pool: an exporter that prepares without yielding must not hold up the others.
    private static Task StartOneAsync(BaseExporter exporter, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await exporter.StartAsync(cancellationToken).ConfigureAwait(false);
            await exporter.WaitReadyAsync(cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    private ImmutableArray<KeyValuePair<string, BaseExporter>> Registry()
    {
        lock (_gate)
        {
            return _registry;
        }
    }

    private int IndexOf_NeedsGate(string name)
    {
        for (var i = 0; i < _registry.Length; i++)
        {
            if (_registry[i].Key == name)
            {
                return i;
            }
        }

        return -1;
    }

    private int KnownIndexOf_NeedsGate(string name)
    {
        var index = IndexOf_NeedsGate(name);
        return index >= 0
            ? index
            : throw new KeyNotFoundException(
                $"There is no exporter named '{name}'; {(_registry.IsEmpty ? "none has been added" : $"there are {string.Join(", ", _registry.Select(entry => entry.Key))}")}.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The exporter '{Exporter}' replaces another one of that name")]
    private partial void LogReplaced(string exporter);

    [LoggerMessage(Level = LogLevel.Warning, Message = "These exporters did not stop within {Timeout}: {Exporters}")]
    private partial void LogLate(string exporters, TimeSpan timeout);

    private sealed class StopOnDispose(ExporterManager manager) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await manager.StopAsync().ConfigureAwait(false);
    }
}
