using Sluice.Journal.Errors;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>Decides how sinks join and leave. Leaving with unsent data takes several bounded steps. Writer only.</summary>
internal sealed class Membership(IJournalStore store, CommitPlan plan, Settler settler)
{
    private const int ItemsPerStep = 256;
    private const string HandedOver = "handed-over";

    private readonly List<ItemHeader> _headers = [];
    private readonly List<Settlement> _outcomes = [];

    public SinkState Join(PoolState pool, string name)
    {
        if (pool.Find(name) is not { } sink)
        {
            return pool.Add(name, plan);
        }

        switch (sink.Standing)
        {
            case SinkStanding.Active:
                return sink;
            case SinkStanding.Gone:
                // Nothing was owed to it meanwhile: its log begins anew at the end.
                sink.Cursor = pool.LastPosition;
                break;
        }

        sink.Standing = SinkStanding.Active;
        sink.LeavingTo = null;
        pool.Changed(sink, plan);
        return sink;
    }

    /// <summary>Returns whether steps are needed to complete the leave.</summary>
    public bool Leave(PoolState pool, string name, UnsentData unsent)
    {
        var sink = pool.Find(name) is { Standing: not SinkStanding.Gone } known
            ? known
            : throw new UnknownSinkException(store.Where, name, pool.Sinks.Select(other => other.Name));
        (sink.Standing, sink.LeavingTo) = unsent switch
        {
            UnsentData.Keep => (SinkStanding.Detached, null),
            UnsentData.HandTo heir => (SinkStanding.Leaving, Heir(pool, sink, heir.Sink).Name),
            _ => (SinkStanding.Leaving, (string?)null),
        };
        pool.Changed(sink, plan);
        return sink.Standing == SinkStanding.Leaving;
    }

    /// <summary>Moves some of a leaving sink's unsent data; the last step lets it go.</summary>
    public async ValueTask StepAsync(PoolState pool, SinkState sink)
    {
        if (sink.Pending > 0)
        {
            await ReadOwedAsync(sink).ConfigureAwait(false);
            _outcomes.Clear();
            foreach (var header in _headers)
            {
                _outcomes.Add(Move(pool, sink, header));
            }

            await settler.SettleAsync(pool, sink, _outcomes).ConfigureAwait(false);
        }

        if (sink.Pending == 0)
        {
            sink.Standing = SinkStanding.Gone;
            sink.LeavingTo = null;
            pool.Changed(sink, plan);
        }
    }

    private Settlement Move(PoolState pool, SinkState sink, ItemHeader header)
    {
        if (sink.LeavingTo is null || pool.Find(sink.LeavingTo) is not { Standing: SinkStanding.Active } heir)
        {
            var reason = new DeadReason(DeadLetterClass.Config, $"The sink {sink.Name} left the pool before it took this item.", null, 0);
            return Settlement.DeadLetter(header.Position, reason);
        }

        if (pool.FindAudience(header.Audience) is { } audience && !audience.Includes(heir))
        {
            plan.Copies.Add(new ItemCopy(header.Position, ++pool.LastPosition, pool.AudienceOf([heir], plan).Id));
            pool.Items++;
            pool.Bytes += header.Size;
            heir.Owe(1, header.Size);
            plan.Sinks.Add(heir);
        }

        return Settlement.Dropped(header.Position, HandedOver);
    }

    private async ValueTask ReadOwedAsync(SinkState sink)
    {
        var audiences = sink.Audiences.ConvertAll(audience => audience.Id);
        var after = sink.Cursor;
        int read;
        do
        {
            _headers.Clear();
            await store.ReadHeadersAsync(audiences, after, ItemsPerStep, _headers).ConfigureAwait(false);
            read = _headers.Count;
            after = read > 0 ? _headers[^1].Position : after;
            _headers.RemoveAll(header => sink.HasSettled(header.Position));
        }
        while (_headers.Count == 0 && read == ItemsPerStep);
        if (_headers.Count == 0)
        {
            throw new JournalDamagedException(store.Where, $"the ledger says that {sink.Name} is owed {sink.Pending} items, and there are none", null);
        }
    }

    private SinkState Heir(PoolState pool, SinkState sink, string name) =>
        pool.Find(name) is { Standing: SinkStanding.Active } heir && heir != sink
            ? heir
            : throw new UnknownSinkException(store.Where, name, pool.Sinks.Where(other => other != sink).Select(other => other.Name));
}
