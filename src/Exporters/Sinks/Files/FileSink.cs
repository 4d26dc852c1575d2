using Microsoft.Extensions.Logging;

namespace Sluice.Exporters.Sinks.Files;

/// <summary>Writes JSON lines to a file that rolls by size. Every line in it is valid JSON at any moment, after any crash.</summary>
internal sealed partial class FileSink : ISink
{
    private readonly FileSinkSettings _settings;
    private readonly ILogger _log;
    private readonly ClaimedPath _path;
    private readonly RolledFiles _rolled;
    private readonly ITimer? _syncTimer;
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly JsonLinesFile _file;
    private bool _unsynced;
    private bool _disposed;

    private FileSink(FileSinkSettings settings, ClaimedPath path, RolledFiles rolled, JsonLinesFile file, SinkServices services)
    {
        _settings = settings;
        _path = path;
        _rolled = rolled;
        _file = file;
        _log = services.Loggers.CreateLogger<FileSink>();
        _syncTimer = settings.Fsync is Fsync.Interval
            ? services.Time.CreateTimer(static sink => ((FileSink)sink!).SyncWhatWaits(), this, settings.FsyncInterval, settings.FsyncInterval)
            : null;
    }

    public string Name => _settings.Name;

    public static FileSink Open(FileSinkSettings settings, SinkServices services)
    {
        var path = ClaimedPath.For(settings.Path, settings.Name);
        JsonLinesFile? file = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path.Path) ?? ".");
            file = JsonLinesFile.Open(path.Path, out var cut);
            var rolled = new RolledFiles(path.Path, settings.MaxFiles);
            if (settings.Mode is ExistingFile.Overwrite)
            {
                file.Empty();
                rolled.Clear();
            }

            var sink = new FileSink(settings, path, rolled, file, services);
            if (cut > 0)
            {
                sink.LogCut(settings.Name, cut, path.Path);
            }

            return sink;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            path.Dispose();
            throw new SinkSettingsException(settings.Name, "path", $"cannot be written: {fault.Message}", fault);
        }
    }

    // On the pool: a write or a sync may block for as long as the disk likes.
    public async ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken) =>
        items.Count == 0
            ? SinkOutcomes.AllDelivered(0)
            : await Task.Run(() => Write(items), cancellationToken).ConfigureAwait(false);

    public ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<SinkProbe>(Directory.Exists(Path.GetDirectoryName(_path.Path))
            ? SinkProbe.Reachable.Instance
            : new SinkProbe.Unreachable($"The folder of {_path.Path} is gone."));

    public async ValueTask DisposeAsync()
    {
        if (_syncTimer is not null)
        {
            await _syncTimer.DisposeAsync().ConfigureAwait(false);
        }

        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            SyncWhatWaits();
            _disposed = true;
            _file.Dispose();
            _path.Dispose();
        }
    }

    private IReadOnlyList<SinkOutcome> Write(IReadOnlyList<SinkItem> items)
    {
        var batch = new LineBatch(items, _settings.Envelope);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var next = 0;
            try
            {
                while (next < items.Count)
                {
                    next = WriteWhatFits(batch, next);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                batch.Settle(new SinkOutcome.RetryLater($"{_path.Path} cannot be written: {fault.Message}"), next);
            }
        }

        return batch.Outcomes;
    }

    private int WriteWhatFits(LineBatch batch, int from)
    {
        var room = _settings.RollSize == 0 ? long.MaxValue : _settings.RollSize - _file.Length;
        var to = batch.EndOfWhatFits(from, room, atLeastOne: _file.Length == 0);
        if (to == from)
        {
            foreach (var deleted in _file.Roll(_rolled))
            {
                LogDeleted(Name, deleted, _settings.MaxFiles);
            }

            return from;
        }

        _file.Append(batch.Lines(from, to), sync: _settings.Fsync is Fsync.Batch);
        _unsynced = _settings.Fsync is Fsync.Interval;
        return to;
    }

    private void SyncWhatWaits()
    {
        lock (_gate)
        {
            if (!_unsynced || _disposed)
            {
                return;
            }

            try
            {
                _file.Sync();
                _unsynced = false;
            }
            catch (IOException fault)
            {
                LogNotSynced(fault, Name, _path.Path);
            }
        }
    }
}
