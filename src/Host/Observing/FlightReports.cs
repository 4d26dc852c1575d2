using System.Globalization;
using Sluice.Instruments;
using Sluice.Instruments.Recording;

namespace Sluice.Host.Observing;

/// <summary>Writes a report into a file when an actor, task or node fails, and when a run is stuck; says where.</summary>
internal sealed class FlightReports : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly RecorderSettings _settings;
    private readonly Action<string> _note;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly FlightRecorder _recorder;
    private readonly CancellationTokenSource _stop = new();
    private Task _watching = Task.CompletedTask;
    private int _written;

    /// <exception cref="IOException">Nothing can be written into the folder: better said now than when there is something to report.</exception>
    public FlightReports(RecorderSettings settings, Action<string> note)
    {
        Probe(settings.Folder);
        (_settings, _note) = (settings, note);
        _recorder = new FlightRecorder(settings.Events, report => Write("failure", report));
    }

    /// <summary>What records.</summary>
    public TubeInstrument Instrument => _recorder;

    /// <summary>Reports once whenever a number has not moved for as long as the settings say, until it moves again.</summary>
    /// <param name="progress">The number: events, epochs, whatever tells that a run goes on.</param>
    public void WatchProgress(Func<long> progress) => _watching = WatchAsync(progress, _stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private static void Probe(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"The flight recorder cannot write into '{folder}' ({fault.Message.TrimEnd('.')}): give --recorder, or sluice.flight-recorder.folder, a folder that can be written.", fault);
        }
    }

    private async Task WatchAsync(Func<long> progress, CancellationToken cancellationToken)
    {
        var (last, movedAt, isTold) = (progress() + _recorder.CallsBegun, _time.GetTimestamp(), false);
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(LookEvery, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // A call that begins is something that happens, though nothing has come of it yet.
            var now = progress() + _recorder.CallsBegun;
            if (now != last)
            {
                (last, movedAt, isTold) = (now, _time.GetTimestamp(), false);
            }
            else if (!isTold && !cancellationToken.IsCancellationRequested && _time.GetElapsedTime(movedAt) > _settings.StuckAfter)
            {
                isTold = true;
                _note(string.Create(CultureInfo.InvariantCulture, $"Nothing has happened for {_settings.StuckAfter.TotalSeconds:0.#} s."));
                Write("stuck", _recorder.ReportAll());
            }
        }
    }

    private void Write(string reason, FlightReport report)
    {
        var number = Interlocked.Increment(ref _written);
        if (number > _settings.MaxReports)
        {
            return;
        }

        var file = Path.GetFullPath(Path.Combine(
            _settings.Folder, string.Create(CultureInfo.InvariantCulture, $"{report.At.UtcDateTime:yyyyMMdd-HHmmss}-{Environment.ProcessId}-{number:00}-{reason}.txt")));
        try
        {
            Directory.CreateDirectory(_settings.Folder);
            File.WriteAllText(file, report.ToString());
            _note($"A flight recorder's report is in {file}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            _note($"The flight recorder's report could not be written to {file}: {fault.Message}");
        }

        if (number == _settings.MaxReports)
        {
            _note($"That was report {number}, the last that this run writes (sluice.flight-recorder.max-reports).");
        }
    }
}
