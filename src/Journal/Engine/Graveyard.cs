using Sluice.Journal.Errors;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Engine;

/// <summary>Decides about dead letters: redriving, dropping, retention. Writer only.</summary>
internal sealed class Graveyard(IJournalStore store, JournalSettings settings, CommitPlan plan, TimeProvider time)
{
    /// <summary>At most so many leave by retention in one commit.</summary>
    public const int RetiredPerStep = 256;

    private const string Retention = "retention";

    private readonly List<DeadLetterHeader> _oldest = [];

    public async ValueTask<int> RedriveAsync(PoolState pool, IReadOnlyList<long> ids)
    {
        var redriven = 0;
        foreach (var id in ids.Distinct())
        {
            if (await store.FindDeadLetterAsync(id).ConfigureAwait(false) is not { Redriving: false } letter
                || pool.Find(letter.Sink) is not { Standing: SinkStanding.Active or SinkStanding.Detached } sink)
            {
                continue;
            }

            plan.Redrives.Add(new Redrive(id, ++pool.LastPosition, pool.AudienceOf([sink], plan).Id));
            pool.Items++;
            pool.Bytes += letter.Size;
            sink.Dead--;
            sink.Redriving++;
            sink.Pending++;
            sink.PendingBytes += letter.Size;
            Changed(sink);
            redriven++;
        }

        return redriven;
    }

    public async ValueTask<int> DropAsync(PoolState pool, IReadOnlyList<long> ids, string reason)
    {
        var dropped = 0;
        foreach (var id in ids.Distinct())
        {
            if (await store.FindDeadLetterAsync(id).ConfigureAwait(false) is { Redriving: false } letter)
            {
                Drop(pool, letter, reason);
                dropped++;
            }
        }

        return dropped;
    }

    /// <summary>Drops some dead letters beyond the limits; fewer than <see cref="RetiredPerStep"/> means that no more are.</summary>
    public async ValueTask<int> RetireAsync(PoolState pool)
    {
        if (pool.DeadLetters == 0 || (settings.DeadLetterAge == TimeSpan.Zero && !IsOverBytes(pool)))
        {
            return 0;
        }

        _oldest.Clear();
        await store.ReadOldestDeadLettersAsync(RetiredPerStep, _oldest).ConfigureAwait(false);
        var tooOld = settings.DeadLetterAge == TimeSpan.Zero
            ? long.MinValue
            : (time.GetUtcNow() - settings.DeadLetterAge).ToUnixTimeMilliseconds();
        var retired = 0;
        foreach (var letter in _oldest)
        {
            if (letter.LastTry >= tooOld && !IsOverBytes(pool))
            {
                break;
            }

            Drop(pool, letter, Retention);
            retired++;
        }

        return retired;
    }

    public bool IsOverBytes(PoolState pool) => settings.DeadLetterBytes > 0 && pool.DeadBytes > settings.DeadLetterBytes;

    private void Drop(PoolState pool, DeadLetterHeader letter, string reason)
    {
        var sink = pool.Find(letter.Sink) ?? throw new JournalDamagedException(store.Where, $"dead letter {letter.Id} names no known sink", null);
        plan.DeadLettersGone.Add(letter.Id);
        pool.DeadLetters--;
        pool.DeadBytes -= letter.Size;
        sink.Dead--;
        sink.Drop(reason, 1);
        Changed(sink);
    }

    private void Changed(SinkState sink)
    {
        plan.Sinks.Add(sink);
        plan.PoolChanged = true;
    }
}
