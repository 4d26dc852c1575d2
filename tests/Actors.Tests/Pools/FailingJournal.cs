using Sluice.Journal;
using Sluice.Journal.DeadLetters;
using Sluice.Journal.Reports;

namespace Sluice.Actors.Tests.Pools;

/// <summary>A real journal whose disk fails when a test says so.</summary>
internal sealed class FailingJournal(IJournal journal) : IJournal
{
    public volatile bool FailReads;
    public volatile bool FailWrites;
    public volatile bool FailSettlements;
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _held;

    /// <summary>Completes once somebody closes it.</summary>
    public Task IsClosing => _closing.Task;

    public string Pool => journal.Pool;

    public JournalOpening Opening => journal.Opening;

    public JournalStatus Status => journal.Status;

    public JournalCounters Counters => journal.Counters;

    public ValueTask<AppendReceipt> AppendAsync(NewItem item, OwedTo owedTo, CancellationToken cancellationToken) =>
        FailWrites ? throw new IOException("no space") : journal.AppendAsync(item, owedTo, cancellationToken);

    public ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<NewItem> items, OwedTo owedTo, CancellationToken cancellationToken) =>
        FailWrites ? throw new IOException("no space") : journal.AppendAsync(items, owedTo, cancellationToken);

    public ValueTask<AppendReceipt> AppendAsync(Func<IReadOnlyList<NewItem>> items, OwedTo owedTo, Action admitted, CancellationToken cancellationToken) =>
        FailWrites ? throw new IOException("no space")
        : _held is { } held ? AppendOnceAsync(held.Task, items, owedTo, admitted, cancellationToken)
        : journal.AppendAsync(items, owedTo, admitted, cancellationToken);

    /// <summary>The disk is busy: what is to be written waits for its end.</summary>
    public void IsBusy() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The disk is ready again.</summary>
    public void IsReady()
    {
        _held?.SetResult();
        _held = null;
    }

    public ValueTask<long> ReserveSequencesAsync(long count, CancellationToken cancellationToken) => journal.ReserveSequencesAsync(count, cancellationToken);

    public ValueTask<IReadOnlyList<OwedItem>> ReadOwedAsync(string sink, long after, int maxItems, long maxBytes, CancellationToken cancellationToken) =>
        FailReads ? throw new IOException("cannot read") : journal.ReadOwedAsync(sink, after, maxItems, maxBytes, cancellationToken);

    public ValueTask<IReadOnlyList<UnsentItem>> ReadUnsentAsync(long after, int maxItems, long maxBytes, CancellationToken cancellationToken) =>
        journal.ReadUnsentAsync(after, maxItems, maxBytes, cancellationToken);

    public ValueTask<int> SettleAsync(string sink, IReadOnlyList<Settlement> outcomes, CancellationToken cancellationToken) =>
        FailSettlements ? throw new IOException("no space") : journal.SettleAsync(sink, outcomes, cancellationToken);

    public ValueTask<SinkStatus> AddSinkAsync(string sink, CancellationToken cancellationToken) => journal.AddSinkAsync(sink, cancellationToken);

    public ValueTask RemoveSinkAsync(string sink, UnsentData unsent, CancellationToken cancellationToken) =>
        journal.RemoveSinkAsync(sink, unsent, cancellationToken);

    public ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken) =>
        journal.ReadDeadLettersAsync(filter, after, max, cancellationToken);

    public ValueTask<int> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken) =>
        journal.RedriveAsync(deadLetters, cancellationToken);

    public ValueTask<int> DropDeadLettersAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken) =>
        journal.DropDeadLettersAsync(deadLetters, reason, cancellationToken);

    public ValueTask<int> ApplyRetentionAsync(CancellationToken cancellationToken) => journal.ApplyRetentionAsync(cancellationToken);

    public ValueTask<IReadOnlyList<RememberedMessage>> ReadMessagesAsync(long after, int max, CancellationToken cancellationToken) =>
        journal.ReadMessagesAsync(after, max, cancellationToken);

    public ValueTask<int> RememberAsync(IReadOnlyList<RememberedMessage> messages, CancellationToken cancellationToken) =>
        journal.RememberAsync(messages, cancellationToken);

    public ValueTask<JournalCheck> VerifyAsync(CancellationToken cancellationToken) => journal.VerifyAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _closing.TrySetResult();
        await (_held?.Task ?? Task.CompletedTask);
        await journal.DisposeAsync();
    }

    private async ValueTask<AppendReceipt> AppendOnceAsync(
        Task ready, Func<IReadOnlyList<NewItem>> items, OwedTo owedTo, Action admitted, CancellationToken cancellationToken)
    {
        await ready.WaitAsync(cancellationToken);
        return await journal.AppendAsync(items, owedTo, admitted, cancellationToken);
    }
}
