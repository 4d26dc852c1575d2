namespace Sluice.Kernel.Actor.Cells;

/// <summary>The stash of one actor; outlives its instances.</summary>
internal sealed class ActorStash(ActorCell cell) : IStash
{
    private List<Envelope> _envelopes = [];

    public int Count => _envelopes.Count;

    public bool IsEmpty => Count == 0;

    public bool NonEmpty => Count > 0;

    public bool IsFull => Capacity >= 0 && Count >= Capacity;

    public int Capacity => cell.Props.Deploy.StashCapacity;

    /// <summary>Whether the message in hand is put aside.</summary>
    public bool HasMessageInHand { get; private set; }

    public void NextMessage() => HasMessageInHand = false;

    public void Stash()
    {
        if (cell.Message is not { } message)
        {
            throw new IllegalActorStateException($"{cell.Self.Path} has no message in hand that it could stash.");
        }
        if (HasMessageInHand)
        {
            throw new IllegalActorStateException($"{cell.Self.Path} cannot stash the same message {message.GetType().Name} more than once.");
        }
        if (IsFull)
        {
            throw new StashOverflowException(
                $"The stash of {cell.Self.Path} is full with {Capacity} messages, {message.GetType().Name} was not stashed: "
                + "give it more with Props.WithStashCapacity, or unstash earlier.");
        }
        HasMessageInHand = true;
        _envelopes.Add(new Envelope(message, cell.SenderIfAny));
    }

    public void Unstash()
    {
        if (NonEmpty)
        {
            var oldest = _envelopes[0];
            _envelopes.RemoveAt(0);
            ToMailbox([oldest]);
        }
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        if (NonEmpty)
        {
            ToMailbox([.. TakeAll().Where(predicate)]);
        }
    }

    public IEnumerable<Envelope> ClearStash() => TakeAll();

    public void Prepend(IEnumerable<Envelope> envelopes) => _envelopes.InsertRange(0, envelopes);

    private List<Envelope> TakeAll()
    {
        var all = _envelopes;
        _envelopes = [];
        return all;
    }

    private void ToMailbox(IReadOnlyList<Envelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            if (envelope.Message is Terminated terminated)
            {
                cell.Parts.DeathWatchOf(cell).Requeue(terminated.ActorRef);
            }
        }
        cell.Prepend(cell.PartsIfAny?.Instruments is { } instruments
            ? [.. envelopes.Select(envelope => envelope with { Message = Watched.Put(cell, instruments, envelope.Message) })]
            : envelopes);
    }
}
