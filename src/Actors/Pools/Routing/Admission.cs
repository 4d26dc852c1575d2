using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Decides whether the pool takes a send, and in what form its exporters will get it.</summary>
internal sealed class Admission(PoolState state, IActorRef pool)
{
    /// <summary>Items refused since the pool started.</summary>
    public long Refused { get; private set; }

    /// <summary>Why nothing can be saved now; null when it can.</summary>
    public string? Fault { get; set; }

    /// <summary>Whether anything of a send was taken; what was not has its answer.</summary>
    public bool Takes(PendingSend send)
    {
        if (RefusalOfAll(send) is { } refusal)
        {
            Refuse(send, refusal);
            return false;
        }

        send.Items = [.. send.Items.Select((item, index) => Prepare(send, index, item!))];
        return send.Items.Any(item => item is not null);
    }

    /// <summary>The send is not taken after all.</summary>
    public void Refuse(PendingSend send, SendAnswer.Refused refusal)
    {
        Refused += send.Items.Count(item => item is not null);
        send.AnswerAll(refusal, pool);
    }

    private SendAnswer.Refused? RefusalOfAll(PendingSend send)
    {
        var name = state.Settings.Name;
        return state.IsDraining ? new(RefusalReason.Stopping, $"The pool '{name}' is stopping and takes nothing more.")
            : Fault is not null ? new(RefusalReason.JournalFailed, Fault)
            : send.Items.Count == 0 ? new(RefusalReason.NotOneItem, "Nothing was sent: the list of items is empty.")
            : state.IsOpen && !state.Roster.Seats.Any(seat => seat.Leaving is null)
                ? new(RefusalReason.NoExporter, $"The pool '{name}' has no exporter: add one first.")
            : send.MessageId is { Length: 0 or > NewItem.LongestMessageId } id
                ? new(RefusalReason.NotOneItem, $"A message id has between 1 and {NewItem.LongestMessageId} characters, and this one has {id.Length}.")
            : state.Intake.IsFull(send)
                ? new(
                    RefusalReason.Overloaded,
                    $"{state.Intake.Waiting} items wait for the journal of pool '{name}', as many as may: send again later, or raise waiting-items or waiting-bytes.")
            : null;
    }

    /// <summary>The item as the exporters will get it; null when it was refused.</summary>
    private PoolItem? Prepare(PendingSend send, int index, PoolItem item)
    {
        var refusal = item.Refusal() is { } problem ? new SendAnswer.Refused(RefusalReason.NotOneItem, problem) : null;
        if (refusal is null && state.Setup.Parts.Transform is { } transform && !send.IsSavedByHand)
        {
            (item, refusal) = Transformed(transform, item);
        }

        if (refusal is null)
        {
            return item;
        }

        Refused++;
        send.Answer(index, refusal, pool);
        return null;
    }

    private static (PoolItem Item, SendAnswer.Refused? Refusal) Transformed(Func<PoolItem, PoolItem?> transform, PoolItem item)
    {
        try
        {
            var transformed = transform(item with { Payload = item.Payload.ToArray() });
            var problem = transformed is null ? "The pool's transform returned nothing: it must return the item to send." : transformed.Refusal();
            return (transformed ?? item, problem is null ? null : new(RefusalReason.TransformFailed, problem));
        }
        catch (Exception fault)
        {
            return (item, new(RefusalReason.TransformFailed, $"The pool's transform failed: {fault.GetType().Name}: {fault.Message}"));
        }
    }
}
