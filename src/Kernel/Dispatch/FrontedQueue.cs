using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>A queue with messages in front of it that were put back; the front belongs to the consumer alone.</summary>
internal sealed class FrontedQueue(MessageQueue queue) : MessageQueue
{
    private readonly Deque<Envelope> _front = new();

    public override int Count => _front.Count + queue.Count;

    public override bool HasMessages => _front.Count > 0 || queue.HasMessages;

    public override bool TryEnqueue(object message, IActorRef? sender, out Envelope refused) => queue.TryEnqueue(message, sender, out refused);

    public override bool TryDequeue(out Envelope envelope)
    {
        if (_front.Count == 0)
        {
            return queue.TryDequeue(out envelope);
        }
        envelope = _front.RemoveFirst();
        return true;
    }

    /// <summary>Puts envelopes in front of all others, in their order.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        for (var i = envelopes.Count - 1; i >= 0; i--)
        {
            _front.AddFirst(envelopes[i]);
        }
    }
}
