using Sluice.Journal;
using Sluice.Journal.DeadLetters;
using Sluice.Journal.Reports;
using DeadLetter = Sluice.Journal.DeadLetters.DeadLetter;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Moves all that one journal holds into another of the same pool: each item with its number, its time and those who miss it. The old journal gives
/// nothing up before the new one has committed everything, so that a failure in between costs a second delivery under the same key at worst.
/// </summary>
internal static class JournalMove
{
    private const int ItemsAtOnce = 1000;
    private const long BytesAtOnce = 4 << 20;

    /// <summary>
    /// A journal in memory forgets which numbers it gave. So that no key ever comes again, it gives only numbers above the microseconds since 1970:
    /// no earlier process, and no journal on disk that took over from one, has got there with fewer than a million items a second.
    /// </summary>
    public static Task SkipUsedNumbersAsync(IJournal memory, TimeProvider time) =>
        SkipNumbersAsync(memory, (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, CancellationToken.None);

    /// <summary>Moves everything.</summary>
    /// <returns>How many items.</returns>
    public static async Task<long> MoveAsync(IJournal from, IJournal to, bool withDeadLetters, CancellationToken cancellationToken)
    {
        var sinks = from.Status.Sinks.Values.Where(sink => sink.Standing is SinkStanding.Active || sink.Pending > 0 || sink.Dead > 0).ToArray();
        foreach (var sink in sinks)
        {
            await to.AddSinkAsync(sink.Sink, cancellationToken).ConfigureAwait(false);
        }

        var moved = await CopyItemsAsync(from, to, cancellationToken).ConfigureAwait(false);
        if (withDeadLetters)
        {
            await CopyDeadLettersAsync(from, to, cancellationToken).ConfigureAwait(false);
        }

        await CopyMessagesAsync(from, to, cancellationToken).ConfigureAwait(false);
        await SkipNumbersAsync(to, from.Status.LastSequence, cancellationToken).ConfigureAwait(false);
        foreach (var sink in sinks)
        {
            await DropAsync(from, sink.Sink, cancellationToken).ConfigureAwait(false);
        }

        await DetachAsync(from, to, cancellationToken).ConfigureAwait(false);
        return moved;
    }

    /// <summary>Who has left the pool while the other journal was in use gets nothing new from this one either.</summary>
    private static async Task DetachAsync(IJournal from, IJournal to, CancellationToken cancellationToken)
    {
        var standings = from.Status.Sinks;
        foreach (var sink in to.Status.Sinks.Values.Where(sink => sink.Standing is SinkStanding.Active).Select(sink => sink.Sink))
        {
            if (standings.GetValueOrDefault(sink)?.Standing is not SinkStanding.Active)
            {
                await to.RemoveSinkAsync(sink, new UnsentData.Keep(), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<long> CopyItemsAsync(IJournal from, IJournal to, CancellationToken cancellationToken)
    {
        long moved = 0;
        long after = 0;
        while (await from.ReadUnsentAsync(after, ItemsAtOnce, BytesAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } unsent)
        {
            for (var start = 0; start < unsent.Count;)
            {
                var sinks = unsent[start].Sinks;
                var run = unsent.Skip(start).TakeWhile(item => item.Sinks.SequenceEqual(sinks)).Select(item => Copy(item.Item)).ToArray();
                await to.AppendAsync(run, OwedTo.Only(sinks), cancellationToken).ConfigureAwait(false);
                start += run.Length;
                moved += run.Length;
            }

            after = unsent[^1].Item.Position;
        }

        return moved;
    }

    private static async Task CopyDeadLettersAsync(IJournal from, IJournal to, CancellationToken cancellationToken)
    {
        long after = 0;
        var resting = new DeadLetterFilter { Redriving = false };
        while (await from.ReadDeadLettersAsync(resting, after, ItemsAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } dead)
        {
            foreach (var letter in dead)
            {
                var receipt = await to.AppendAsync(Copy(letter), OwedTo.Only(letter.Sink), cancellationToken).ConfigureAwait(false);
                var reason = new DeadReason(letter.Class, letter.Error, letter.Response, letter.Attempts);
                await to.SettleAsync(letter.Sink, [Settlement.DeadLetter(receipt.FirstPosition, reason)], cancellationToken).ConfigureAwait(false);
            }

            after = dead[^1].Id;
        }
    }

    private static async Task CopyMessagesAsync(IJournal from, IJournal to, CancellationToken cancellationToken)
    {
        long after = 0;
        while (await from.ReadMessagesAsync(after, ItemsAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } messages)
        {
            await to.RememberAsync(messages, cancellationToken).ConfigureAwait(false);
            after = messages[^1].Number;
        }
    }

    private static async Task DropAsync(IJournal journal, string sink, CancellationToken cancellationToken)
    {
        while (await journal.ReadOwedAsync(sink, 0, ItemsAtOnce, BytesAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } owed)
        {
            var moved = owed.Select(item => Settlement.Dropped(item.Position, "moved")).ToArray();
            await journal.SettleAsync(sink, moved, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Numbers up to this one are not given any more.</summary>
    private static async Task SkipNumbersAsync(IJournal journal, long last, CancellationToken cancellationToken)
    {
        if (last - journal.Status.LastSequence is > 0 and var missing)
        {
            await journal.ReserveSequencesAsync(missing, cancellationToken).ConfigureAwait(false);
        }
    }

    private static NewItem Copy(OwedItem item) => new()
    {
        Payload = item.Payload,
        ContentType = item.ContentType,
        Arguments = item.Arguments,
        Origin = item.Origin,
        TraceId = item.TraceId,
        Sequence = item.Key.Sequence,
        AcceptedAt = item.AcceptedAt,
    };

    private static NewItem Copy(DeadLetter letter) => new()
    {
        Payload = letter.Payload,
        ContentType = letter.ContentType,
        Arguments = letter.Arguments,
        Origin = letter.Origin,
        TraceId = letter.TraceId,
        Sequence = letter.Key.Sequence,
        AcceptedAt = letter.FirstSeen,
    };
}
