using System.Globalization;
using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Files;
using Sluice.Exporters.Sinks.Http;
using Sluice.Host.Control;
using Sluice.Host.Output;
using Sluice.Journal;
using Sluice.Journal.Reports;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Host.Running;

/// <summary>A pool that runs for as long as a command does: opened from its file, drained at the end.</summary>
internal sealed class PoolSession : IAsyncDisposable
{
    // A sink that has failed for so long without one success is not waited for at the end of a run: the journal keeps what it is owed.
    // The time is counted in looks: one for which this process stood still is one look, and no fault of the sink.
    private static readonly TimeSpan Hopeless = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostForLastWord = TimeSpan.FromSeconds(5);

    private readonly PoolFile _file;
    private readonly SinkServices _services;
    private readonly ExporterPool _pool;
    private readonly JournalOpening _opening;
    private readonly ControlListener? _control;
    private IReadOnlyList<SinkProgress> _last = [];
    private bool _stopped;

    private PoolSession(PoolFile file, SinkServices services, JournalOpening opening, ExporterPool pool)
    {
        (_file, _services, _opening, _pool) = (file, services, opening, pool);
        _control = ControlListener.Start(opening.Where, AnswerAsync);
    }

    /// <summary>Where the outputs are, a line each.</summary>
    public IEnumerable<string> Outputs =>
    [
        .. _file.Exporters.Select(exporter => exporter.Sink switch
        {
            FileSinkSettings file => $"{file.Name}: {Path.GetFullPath(file.Path)}",
            HttpSinkSettings http => $"{http.Name}: {http.Url}",
            var other => $"{other.Name}: {other.GetType().Name.Replace("SinkSettings", "", StringComparison.Ordinal).ToUpperInvariant()}",
        }),
        $"journal: {_opening.Where} ({_opening.Engine})",
    ];

    /// <summary>Opens the journal, then the sinks, then starts the pool; what was opened is closed again when a later step fails.</summary>
    public static async Task<PoolSession> StartAsync(ActorSystem system, PoolFile file, Action<string> note, CancellationToken cancellationToken)
    {
        var journal = await Journals.OpenAsync(file.Pool.Name, file.Journal, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        var services = new SinkServices();
        var sinks = new List<PoolExporter>();
        try
        {
            JournalNotes.Of(journal.Opening).ForEach(note);
            foreach (var (sink, delivery) in file.Exporters)
            {
                sinks.Add(new PoolExporter(sink.Open(services), delivery));
            }

            // Taken by the journal is taken: a run does not wait for sinks, they follow at their own pace.
            var pool = ExporterPool.Start(system, file.Pool with { WaitForResult = false }, journal, sinks);
            return new PoolSession(file, services, journal.Opening, pool);
        }
        catch (Exception fault)
        {
            foreach (var opened in sinks)
            {
                await opened.Sink.DisposeAsync().ConfigureAwait(false);
            }

            services.Dispose();
            await journal.DisposeAsync().ConfigureAwait(false);
            if (fault is SinkSettingsException refusal)
            {
                throw file.Refusal(refusal);
            }

            throw;
        }
    }

    /// <summary>Hands a returned value over; completes once the journal has it.</summary>
    public async Task SendAsync(string tube, string epoch, object? value)
    {
        var item = new PoolItem { Payload = ValueJson.ToItem(value), Origin = new Sluice.Messages.Pools.ItemOrigin { Tube = tube, Epoch = epoch } };
        await _pool.SendAsync(item).ConfigureAwait(false);
    }

    /// <summary>Hands an item over; completes once the journal has it, with its key.</summary>
    public async Task<string> SendAsync(PoolItem item) => await _pool.SendAsync(item).ConfigureAwait(false) switch
    {
        SendAnswer.Accepted accepted => accepted.Key,
        SendAnswer.Exported exported => exported.Key,
        var other => throw new InvalidOperationException($"The pool answered {other}."),
    };

    /// <summary>Where each sink stands.</summary>
    public async Task<IReadOnlyList<SinkProgress>> ProgressAsync()
    {
        if (!_stopped)
        {
            var status = await _pool.GetStatusAsync().ConfigureAwait(false);
            _last = [.. status.Exporters.Select(exporter => new SinkProgress(
                exporter.Name, exporter.Sent, exporter.UnsentItems, exporter.DeadLettered, Trouble(exporter))
            {
                NoProgressFor = exporter.NoProgressFor,
                DrainsIn = exporter.DrainsIn,
            })];
        }

        return _last;
    }

    /// <summary>Waits until nothing is owed, or until only hopeless sinks are owed anything, but never past <paramref name="patience"/>.</summary>
    public async Task SettleAsync(TimeSpan patience, Action<IReadOnlyList<SinkProgress>> watch, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var movedAt = new Dictionary<string, (long Sent, int Look)>();
        for (var look = 0; time.GetElapsedTime(start) < patience && !cancellationToken.IsCancellationRequested; look++)
        {
            var sinks = await ProgressAsync().ConfigureAwait(false);
            watch(sinks);
            foreach (var sink in sinks.Where(sink => !movedAt.TryGetValue(sink.Name, out var last) || last.Sent != sink.Sent))
            {
                movedAt[sink.Name] = (sink.Sent, look);
            }

            if (sinks.All(sink => sink.Owed == 0 || (sink.Trouble is not null && (look - movedAt[sink.Name].Look) * LookEvery > Hopeless)))
            {
                return;
            }

            await Task.Delay(LookEvery, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tries everything saved now; completes when each item has been tried.</summary>
    public Task<IReadOnlyList<UnsentDataResult>> SendUnsentDataAsync(string? sink, CancellationToken cancellationToken) =>
        _pool.SendUnsentDataAsync(sink, cancellationToken);

    /// <summary>Owes dead letters to their sinks again; says how many are on their way now.</summary>
    public Task<long> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken) =>
        _pool.RedriveAsync(deadLetters, cancellationToken);

    /// <summary>Deletes dead letters and counts them as dropped; says how many were.</summary>
    public Task<long> DropDeadLettersAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken) =>
        _pool.DropDeadLettersAsync(deadLetters, reason, cancellationToken);

    /// <summary>Stops the pool; what is owed stays in the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await WhenWrittenAsync().ConfigureAwait(false);
            await ProgressAsync().ConfigureAwait(false);
            _stopped = true;
            if (_control is not null)
            {
                await _control.DisposeAsync().ConfigureAwait(false);
            }

            await _pool.DrainAsync(TimeSpan.Zero).ConfigureAwait(false);
            _services.Dispose();
        }
    }

    /// <summary>The last word is to be right: it waits until what was delivered is written down, unless the journal takes too long.</summary>
    private async Task WhenWrittenAsync()
    {
        using var limit = new CancellationTokenSource(MostForLastWord, TimeProvider.System);
        try
        {
            await _pool.HasUnsentDataAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What the status knows has to do.
        }
    }

    private async Task<ControlAnswer> AnswerAsync(ControlRequest request, CancellationToken cancellationToken) => request switch
    {
        { Command: "redrive", DeadLetters: { } ids } => new ControlAnswer(await RedriveAsync(ids, cancellationToken).ConfigureAwait(false)),
        { Command: "drop", DeadLetters: { } ids, Reason: { } reason } =>
            new ControlAnswer(await DropDeadLettersAsync(ids, reason, cancellationToken).ConfigureAwait(false)),
        { Command: "send" } => new ControlAnswer(Exporters: [.. (await SendUnsentDataAsync(request.Sink, cancellationToken).ConfigureAwait(false))
            .Select(result => result with { Results = [] })]),
        _ => new ControlAnswer(Refused: $"'{request.Command}' is no command of this version of Sluice."),
    };

    private static string? Trouble(ExporterStatus exporter) => exporter.State switch
    {
        ExporterState.BackingOff or ExporterState.CircuitOpen or ExporterState.Starting when exporter.LastError is not null =>
            exporter.NextRetry is { } next
                ? string.Create(CultureInfo.InvariantCulture, $"{exporter.LastError}; next try {next.ToLocalTime():HH:mm:ss}")
                : exporter.LastError,
        _ => null,
    };
}
