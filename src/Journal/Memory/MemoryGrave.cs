using Sluice.Journal.DeadLetters;
using Sluice.Journal.Engine;

namespace Sluice.Journal.Memory;

/// <summary>A dead letter's row.</summary>
internal sealed class MemoryGrave(long id, int sink, StoredItem item, DeadReason reason, long lastTry)
{
    public long Id => id;

    public int Sink => sink;

    public StoredItem Item => item;

    public DeadReason Reason { get; private set; } = reason;

    public long LastTry { get; private set; } = lastTry;

    public int Attempts { get; private set; } = reason.Attempts;

    public int Redrives { get; private set; }

    public long? RedrivePosition { get; private set; }

    public void Redrive(long position)
    {
        RedrivePosition = position;
        Redrives++;
    }

    public void DieAgain(DeadReason again, long at)
    {
        (Reason, LastTry, RedrivePosition) = (again, at, null);
        Attempts += again.Attempts;
    }

    public DeadLetterHeader Header => new(id, sink, item.Size, LastTry, RedrivePosition is not null);

    public bool Matches(DeadLetterFilter filter, string sinkName) =>
        (filter.Sink is null || filter.Sink == sinkName)
        && (filter.Class is null || filter.Class == Reason.Class)
        && (filter.Tube is null || filter.Tube == item.Content.Tube)
        && (filter.Node is null || filter.Node == item.Content.Node)
        && (filter.ErrorContains is null || Reason.Error.Contains(filter.ErrorContains, StringComparison.OrdinalIgnoreCase))
        && (filter.LastTryBefore is null || LastTry < filter.LastTryBefore.Value.ToUnixTimeMilliseconds())
        && (filter.LastTryFrom is null || LastTry >= filter.LastTryFrom.Value.ToUnixTimeMilliseconds())
        && (filter.Redriving is null || filter.Redriving == (RedrivePosition is not null));

    public DeadLetter ToDeadLetter(string pool, string sinkName) => new()
    {
        Id = id,
        Key = new ItemKey(pool, item.Sequence),
        Sink = sinkName,
        LastTry = DateTimeOffset.FromUnixTimeMilliseconds(LastTry),
        Attempts = Attempts,
        Class = Reason.Class,
        Error = Reason.Error,
        Response = Reason.Response,
        Redrives = Redrives,
        Redriving = RedrivePosition is not null,
        FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(item.Content.AcceptedAt),
        ContentType = item.Content.ContentType,
        Arguments = ArgumentsText.Read(item.Content.Arguments),
        Origin = item.Content.Origin,
        TraceId = item.Content.TraceId,
        Payload = item.Content.Payload,
    };
}
