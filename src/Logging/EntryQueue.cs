using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Logging;

/// <summary>
/// Entries between those who log and the pool. They go to the journal in their order, many with one commit; what it refuses for now is offered again, and what
/// finds no room meanwhile is counted.
/// </summary>
internal sealed class EntryQueue : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly IActorRef _pool;
    private readonly PoolLoggerSettings _settings;
    private readonly TimeProvider _time;
    private readonly Channel<object> _waiting;
    private readonly CancellationTokenSource _stop = new();
    private readonly Guid _run = Guid.NewGuid();
    private readonly Task _writing;
    private long _batches;
    private long _dropped;
    private long _droppedLogged;
    private PoolItem? _loss;
    private int _isDisposed;

    public EntryQueue(IActorRef pool, PoolLoggerSettings settings, TimeProvider time)
    {
        (_pool, _settings, _time) = (pool, settings, time);
        _waiting = Channel.CreateBounded<object>(new BoundedChannelOptions(settings.QueuedEntries) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
    }

    public long Dropped => Interlocked.Read(ref _dropped);

    public void Add(PoolItem entry)
    {
        if (!_waiting.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await _waiting.Writer.WriteAsync(reached, cancellationToken).ConfigureAwait(false);
            await Task.WhenAny(reached.Task, _writing).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            try
            {
                await _writing.WaitAsync(_settings.DrainTimeout, _time).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                await _stop.CancelAsync().ConfigureAwait(false);
            }
        }

        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var (entries, flushes) = (new List<PoolItem>(), new List<TaskCompletionSource>());
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Take(entries, flushes);
            await SaveAsync(entries).ConfigureAwait(false);
            flushes.ForEach(static flush => flush.TrySetResult());
            flushes.Clear();
        }
    }

    private void Take(List<PoolItem> entries, List<TaskCompletionSource> flushes)
    {
        entries.Clear();
        while (entries.Count < _settings.BatchEntries && _waiting.Reader.TryRead(out var next))
        {
            if (next is TaskCompletionSource flush)
            {
                flushes.Add(flush);
            }
            else
            {
                entries.Add((PoolItem)next);
            }
        }

        if (Dropped - _droppedLogged is > 0 and var lost)
        {
            _droppedLogged += lost;
            entries.Add(_loss = Loss(lost));
        }
    }

    private PoolItem Loss(long entries)
    {
        var loss = new LogEntry(_time.GetUtcNow(), LogLevel.Warning, "Sluice.Logging", default, null);
        return loss.ToItem(
            () => string.Create(CultureInfo.InvariantCulture, $"{entries} log entries were dropped: more were waiting for the journal than QueuedEntries allows, or the pool was stopping."),
            new KeyValuePair<string, object?>[] { new("dropped", entries) },
            null);
    }

    /// <summary>Returns once the journal has them, or nobody will ever take them.</summary>
    private async Task SaveAsync(List<PoolItem> entries)
    {
        // The same id until an answer has come: a batch whose answer was lost is not taken twice.
        for (var id = NextId(); entries.Count > 0;)
        {
            try
            {
                var answer = await _pool.Ask<SendManyAnswer>(new SendMany([.. entries], id), AnswerWithin, _stop.Token).ConfigureAwait(false);
                (entries, id) = (ToTryAgain(entries, answer), NextId());
                if (entries.Count > 0)
                {
                    await Task.Delay(_settings.RetryAfter, _time, _stop.Token).ConfigureAwait(false);
                }
            }
            catch (AskTimeoutException)
            {
                // The pool is slow, or is being restarted.
            }
            catch (OperationCanceledException)
            {
                entries.ForEach(Drop);
                return;
            }
        }
    }

    private List<PoolItem> ToTryAgain(List<PoolItem> entries, SendManyAnswer answer)
    {
        var again = new List<PoolItem>();
        for (var index = 0; index < entries.Count; index++)
        {
            if (answer.Answers[index] is SendAnswer.Refused refused)
            {
                if (refused.Reason is RefusalReason.JournalFull or RefusalReason.JournalFailed or RefusalReason.Overloaded)
                {
                    again.Add(entries[index]);
                }
                else
                {
                    Drop(entries[index]);
                }
            }
        }

        return again;
    }

    /// <summary>What is said of losses is nobody's loss.</summary>
    private void Drop(PoolItem entry)
    {
        if (!ReferenceEquals(entry, _loss))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private string NextId() => $"{_run:N}-{++_batches}";
}
