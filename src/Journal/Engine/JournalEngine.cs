using Sluice.Journal.DeadLetters;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Engine;

/// <summary>The journal as callers see it, over any store: calls that write queue for the writer, calls that read do not.</summary>
internal sealed class JournalEngine : IJournal
{
    private readonly IJournalStore _store;
    private readonly Writer _writer;
    private readonly JournalSettings _settings;
    private readonly Task _writing;
    private readonly ITimer? _retention;
    private readonly RequestPool<AppendRequest> _appends = new();
    private readonly RequestPool<SettleRequest> _settlements = new();

    private JournalEngine(string pool, IJournalStore store, Writer writer, JournalOpening opening, JournalSettings settings, TimeProvider time)
    {
        (Pool, _store, _writer, _settings, Opening) = (pool, store, writer, settings, opening);
        if (settings.DeadLetterAge is var deadLetterAge && deadLetterAge > TimeSpan.Zero)
        {
            var period = RetentionDue.PeriodOf(deadLetterAge);
            _retention = time.CreateTimer(_ => writer.Requests.TryWrite(RetentionDue.Request), null, period, period);
        }

        _writing = Task.Run(writer.RunAsync);
    }

    public string Pool { get; }

    public JournalOpening Opening { get; }

    public JournalStatus Status => _writer.View.ToStatus(Pool) with { MaxItems = _settings.MaxItems, MaxBytes = _settings.MaxBytes };

    public JournalCounters Counters => _writer.Counters;

    /// <summary>Begins to work on an opened store, which it owns from now on.</summary>
    public static async ValueTask<JournalEngine> StartAsync(
        string pool, IJournalStore store, JournalSettings settings, JournalOpening opening, TimeProvider time)
    {
        try
        {
            var state = await store.LoadAsync().ConfigureAwait(false);
            LedgerCheck.Demand(store.Where, state);
            var journal = new JournalEngine(pool, store, new Writer(store, settings, state, time), opening, settings, time);
            LedgerMetrics.Add(journal);
            return journal;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask<AppendReceipt> AppendAsync(NewItem item, OwedTo owedTo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(owedTo);
        cancellationToken.ThrowIfCancellationRequested();
        var request = _appends.Rent();
        request.Load(_appends, item, owedTo, cancellationToken);
        return SubmitAsync(request, cancellationToken);
    }

    public ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<NewItem> items, OwedTo owedTo, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(owedTo);
        cancellationToken.ThrowIfCancellationRequested();
        var request = _appends.Rent();
        request.Load(_appends, items, owedTo, cancellationToken);
        return SubmitAsync(request, cancellationToken);
    }

    public ValueTask<AppendReceipt> AppendAsync(
        Func<IReadOnlyList<NewItem>> items, OwedTo owedTo, Action admitted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(owedTo);
        ArgumentNullException.ThrowIfNull(admitted);
        cancellationToken.ThrowIfCancellationRequested();
        var request = _appends.Rent();
        request.Load(_appends, items, owedTo, admitted, cancellationToken);
        return SubmitAsync(request, cancellationToken);
    }

    public ValueTask<int> SettleAsync(string sink, IReadOnlyList<Settlement> outcomes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(outcomes);
        cancellationToken.ThrowIfCancellationRequested();
        var request = _settlements.Rent();
        request.Load(_settlements, sink, outcomes);
        return SubmitAsync(request, cancellationToken);
    }

    public async ValueTask<long> ReserveSequencesAsync(long count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return await DecideAsync(() => ValueTask.FromResult(Reserve(count)), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<OwedItem>> ReadOwedAsync(
        string sink, long after, int maxItems, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        var view = SinkView(sink);
        if (view.Status.Pending == 0)
        {
            return [];
        }

        var owed = new List<OwedItem>();
        var rows = new List<StoredItem>();
        var from = Math.Max(after, view.Status.Cursor);
        do
        {
            rows.Clear();
            var query = new ItemQuery(view.Audiences, from, maxItems, maxBytes, view.Settled);
            await _store.Reader.ReadItemsAsync(query, rows, cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                await TakeSoundAsync(row, owed, sink, cancellationToken).ConfigureAwait(false);
                from = row.Position;
            }
        }
        while (owed.Count == 0 && rows.Count > 0);
        return owed;
    }

    public async ValueTask<IReadOnlyList<UnsentItem>> ReadUnsentAsync(long after, int maxItems, long maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        return await UnsentItems.ReadAsync(
            Pool, _store.Reader, () => ValueTask.FromResult(_writer.View), after, maxItems, maxBytes, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SinkStatus> AddSinkAsync(string sink, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sink);
        await DecideAsync(() => ValueTask.FromResult(_writer.Membership.Join(_writer.Pool, sink)), cancellationToken).ConfigureAwait(false);
        return _writer.View.Sinks[sink].Status;
    }

    public async ValueTask RemoveSinkAsync(string sink, UnsentData unsent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(unsent);
        await DecideAsync(() => ValueTask.FromResult(_writer.Membership.Leave(_writer.Pool, sink, unsent)), cancellationToken).ConfigureAwait(false);
        while (SinkView(sink).Status.Standing == SinkStanding.Leaving)
        {
            // Each look is a call of its own, behind one step of the leave.
            cancellationToken.ThrowIfCancellationRequested();
            await DecideAsync(() => ValueTask.FromResult(true), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return _store.Reader.ReadDeadLettersAsync(Pool, filter, after, max, cancellationToken);
    }

    public async ValueTask<int> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deadLetters);
        return await DecideAsync(() => _writer.Graveyard.RedriveAsync(_writer.Pool, deadLetters), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> DropDeadLettersAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deadLetters);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return await DecideAsync(() => _writer.Graveyard.DropAsync(_writer.Pool, deadLetters, reason), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> ApplyRetentionAsync(CancellationToken cancellationToken)
    {
        int total = 0, step;
        do
        {
            step = await DecideAsync(() => _writer.Graveyard.RetireAsync(_writer.Pool), cancellationToken).ConfigureAwait(false);
            total += step;
        }
        while (step == Graveyard.RetiredPerStep);
        return total;
    }

    public async ValueTask<IReadOnlyList<RememberedMessage>> ReadMessagesAsync(long after, int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        return await DecideAsync(
            async () =>
            {
                var messages = new List<RememberedMessage>();
                await _store.ReadMessagesAsync(after, max, messages).ConfigureAwait(false);
                return messages;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> RememberAsync(IReadOnlyList<RememberedMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await DecideAsync(() => _writer.Messages.AdoptAsync(_writer.Pool, messages), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<JournalCheck> VerifyAsync(CancellationToken cancellationToken)
    {
        var check = new LedgerCheck();
        await _store.Reader.ScanAsync(check, cancellationToken).ConfigureAwait(false);
        return check.Conclude();
    }

    public async ValueTask DisposeAsync()
    {
        LedgerMetrics.Remove(this);
        if (_writer.Requests.TryComplete())
        {
            _retention?.Dispose();
            await _writing.ConfigureAwait(false);
            await _store.DisposeAsync().ConfigureAwait(false);
        }

        await _writing.ConfigureAwait(false);
    }

    private ValueTask<T> SubmitAsync<T>(JournalRequest<T> request, CancellationToken cancellationToken)
        where T : struct =>
        _writer.Requests.TryWrite(request) ? request.Task : QueueAsync(request, cancellationToken);

    private async ValueTask<T> QueueAsync<T>(JournalRequest<T> request, CancellationToken cancellationToken)
        where T : struct
    {
        await WaitForPlaceAsync(request, cancellationToken).ConfigureAwait(false);
        return await request.Task.ConfigureAwait(false);
    }

    private async Task<T> DecideAsync<T>(Func<ValueTask<T>> decide, CancellationToken cancellationToken)
    {
        var request = new StateRequest<T>(decide);
        await WaitForPlaceAsync(request, cancellationToken).ConfigureAwait(false);
        return await request.Task.ConfigureAwait(false);
    }

    private async ValueTask WaitForPlaceAsync(JournalRequest request, CancellationToken cancellationToken)
    {
        do
        {
            if (!await _writer.Requests.WaitToWriteAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new JournalClosedException(_store.Where);
            }
        }
        while (!_writer.Requests.TryWrite(request));
    }

    private long Reserve(long count)
    {
        var first = _writer.Pool.LastSequence + 1;
        _writer.Pool.LastSequence += count;
        _writer.Plan.PoolChanged = true;
        return first;
    }

    private SinkView SinkView(string sink) =>
        _writer.View.Sinks.TryGetValue(sink, out var view)
            ? view
            : throw new UnknownSinkException(_store.Where, sink, _writer.View.Sinks.Keys);

    /// <summary>An item whose bytes changed on the disk goes to the dead letters as it is, and stops nobody behind it.</summary>
    private async ValueTask TakeSoundAsync(StoredItem row, List<OwedItem> owed, string sink, CancellationToken cancellationToken)
    {
        if (row.IsSound)
        {
            owed.Add(row.ToOwed(Pool));
            return;
        }

        var reason = new DeadReason(DeadLetterClass.Corrupt, "The item's bytes in the journal do not match their checksum.", null, 0);
        await SettleAsync(sink, [Settlement.DeadLetter(row.Position, reason)], cancellationToken).ConfigureAwait(false);
    }
}
