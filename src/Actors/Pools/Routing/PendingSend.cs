using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>A send that has not been answered: its items, and the answers as they come in.</summary>
internal sealed class PendingSend
{
    private readonly IActorRef _sender;
    private readonly SendAnswer?[] _answers;
    private readonly bool _isMany;
    private int _left;

    private PendingSend(IActorRef sender, IReadOnlyList<PoolItem> items, bool isMany)
    {
        _sender = sender;
        _isMany = isMany;
        _answers = new SendAnswer?[items.Count];
        _left = items.Count;
        Items = items;
        Bytes = items.Sum(item => (long)item.Payload.Length);
    }

    /// <summary>What to send. After the transform some may be null: those were refused.</summary>
    public IReadOnlyList<PoolItem?> Items { get; set; }

    /// <summary>Bytes of the payloads.</summary>
    public long Bytes { get; }

    /// <summary>Whom it is owed to.</summary>
    public OwedTo OwedTo { get; init; } = OwedTo.All;

    /// <summary>Whether it is saved for one exporter by hand, so that there are no results to wait for.</summary>
    public bool IsSavedByHand => OwedTo.Sinks is not null;

    /// <summary>The id of the message that brought it; null when it is not delivered twice.</summary>
    public string? MessageId { get; init; }

    /// <summary>One item.</summary>
    public static PendingSend One(IActorRef sender, Send send) => new(sender, [send.Item], isMany: false) { MessageId = send.MessageId };

    /// <summary>Several items.</summary>
    public static PendingSend Many(IActorRef sender, SendMany send) => new(sender, send.Items, isMany: true) { MessageId = send.MessageId };

    /// <summary>One item, for one exporter.</summary>
    public static PendingSend ByHand(IActorRef sender, SaveUnsentData save) =>
        new(sender, [save.Item], isMany: false) { OwedTo = OwedTo.Only(save.Exporter), MessageId = save.MessageId };

    /// <summary>What becomes of an item; the sender is told when all have an answer.</summary>
    public void Answer(int index, SendAnswer answer, IActorRef pool)
    {
        if (_answers[index] is not null)
        {
            return;
        }

        _answers[index] = answer;
        if (--_left == 0)
        {
            _sender.Tell(_isMany ? new SendManyAnswer(_answers!) : answer, pool);
        }
    }

    /// <summary>The same becomes of all items without an answer.</summary>
    public void AnswerAll(SendAnswer answer, IActorRef pool)
    {
        if (Items.Count == 0 && _isMany)
        {
            _sender.Tell(new SendManyAnswer([]), pool);
        }

        for (var index = 0; index < _answers.Length; index++)
        {
            Answer(index, answer, pool);
        }
    }
}
