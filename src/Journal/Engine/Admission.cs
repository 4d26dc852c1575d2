using System.Globalization;
using System.Text;
using Sluice.Journal.Errors;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Engine;

/// <summary>Decides whether an append may come in, and gives its items their places. Writer only.</summary>
internal sealed class Admission(string where, JournalSettings settings, CommitPlan plan, MessageMemory messages, TimeProvider time)
{
    private OwedTo? _lastOwedTo;
    private Audience? _lastAudience;

    /// <summary>Forgets what was looked up, because sinks have come or gone.</summary>
    public void Forget() => _lastOwedTo = null;

    public Audience AudienceOf(PoolState pool, OwedTo owedTo)
    {
        if (ReferenceEquals(owedTo, _lastOwedTo))
        {
            return _lastAudience!;
        }

        var audience = owedTo.Sinks is null
            ? pool.Everybody(plan) ?? throw new UnknownSinkException(where)
            : pool.AudienceOf(owedTo.Sinks.Select(sink => SinkThatTakes(pool, sink)), plan);
        (_lastOwedTo, _lastAudience) = (owedTo, audience);
        return audience;
    }

    public static long SizeOf(NewItem item, string? arguments) =>
        item.Payload.Length + (arguments is null ? 0 : Encoding.UTF8.GetByteCount(arguments));

    /// <summary>Refuses what can never fit.</summary>
    public void RefuseTheImpossible(AppendRequest request)
    {
        if (settings.MaxItemBytes > 0 && request.LargestItem > settings.MaxItemBytes)
        {
            throw new ItemTooLargeException(where, Text($"an item has {request.LargestItem} bytes, max-item-bytes is {settings.MaxItemBytes}"));
        }

        if (settings.MaxBytes > 0 && request.Bytes > settings.MaxBytes)
        {
            throw new ItemTooLargeException(where, Text($"it has {request.Bytes} bytes, max-bytes is {settings.MaxBytes}"));
        }

        if (settings.MaxItems > 0 && request.Count > settings.MaxItems)
        {
            throw new ItemTooLargeException(where, Text($"it has {request.Count} items, max-items is {settings.MaxItems}"));
        }
    }

    public bool HasRoom(PoolState pool, AppendRequest request) => MissingRoom(pool, request) is { Items: <= 0, Bytes: <= 0 };

    public Room MissingRoom(PoolState pool, AppendRequest request) => new(
        settings.MaxItems == 0 ? 0 : pool.Items + request.Count - settings.MaxItems,
        settings.MaxBytes == 0 ? 0 : pool.Bytes + request.Bytes - settings.MaxBytes);

    public JournalFullException Full(PoolState pool) =>
        new(where, Text($"{pool.Items} items of max-items {Limit(settings.MaxItems)}, {pool.Bytes} bytes of max-bytes {Limit(settings.MaxBytes)}"));

    public AppendReceipt Admit(PoolState pool, AppendRequest request)
    {
        var audience = AudienceOf(pool, request.OwedTo);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var first = pool.LastPosition + 1;
        long? firstSequence = null;
        for (var index = 0; index < request.Count; index++)
        {
            var (item, arguments, size) = request.Item(index);
            var sequence = item.Sequence ?? pool.LastSequence + 1;
            pool.LastSequence = Math.Max(pool.LastSequence, sequence);
            var content = ItemContent.Of(item, arguments, now);
            plan.Items.Add(new NewRow(++pool.LastPosition, sequence, audience.Id, size, ItemChecksum.Of(sequence, content), content));
            firstSequence ??= sequence;
            if (item.MessageId is { } message)
            {
                messages.Note(pool, message, sequence);
            }
        }

        pool.Items += request.Count;
        pool.Bytes += request.Bytes;
        foreach (var sink in request.Count > 0 ? audience.Members : [])
        {
            sink.Owe(request.Count, request.Bytes);
            plan.Sinks.Add(sink);
        }

        // Also for one that was left out wholly: the commit that took its message may still be on its way to the disk.
        plan.MustSync = true;
        plan.PoolChanged |= request.Count > 0;
        return new AppendReceipt(first, firstSequence ?? 0, request.Count, DateTimeOffset.FromUnixTimeMilliseconds(now), request.Known);
    }

    private SinkState SinkThatTakes(PoolState pool, string name) =>
        pool.Find(name) is { Standing: Reports.SinkStanding.Active or Reports.SinkStanding.Detached } sink
            ? sink
            : throw new UnknownSinkException(where, name, pool.Sinks.Select(known => known.Name));

    private static string Limit(long limit) => limit == 0 ? "none" : limit.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
