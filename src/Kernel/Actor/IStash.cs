namespace Sluice.Kernel.Actor;

/// <summary>Puts messages aside until the actor can handle them.</summary>
public interface IStash
{
    /// <summary>How many messages are put aside.</summary>
    int Count { get; }

    /// <summary>Whether none is put aside.</summary>
    bool IsEmpty { get; }

    /// <summary>Whether any is put aside.</summary>
    bool NonEmpty { get; }

    /// <summary>Whether there is no room for another.</summary>
    bool IsFull { get; }

    /// <summary>How many may be put aside; -1 for no limit.</summary>
    int Capacity { get; }

    /// <summary>Puts the message in hand aside.</summary>
    /// <exception cref="IllegalActorStateException">It is put aside already, or there is none; nothing was changed.</exception>
    /// <exception cref="StashOverflowException">There is no room; the message in hand is as good as handled.</exception>
    void Stash();

    /// <summary>Puts the oldest in front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all in front of the mailbox, in their order and with their senders.</summary>
    void UnstashAll();

    /// <summary>Puts those that the predicate wants in front of the mailbox; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all out, for the caller to deal with.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts envelopes in front of those that are put aside.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
