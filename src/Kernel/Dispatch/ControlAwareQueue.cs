using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>An unbounded queue whose control messages come first, in order among themselves.</summary>
internal sealed class ControlAwareQueue : MessageQueue
{
    private readonly UnboundedQueue<NoSteps> _control = new();
    private readonly UnboundedQueue<NoSteps> _others = new();

    public override int Count => _control.Count + _others.Count;

    public override bool HasMessages => _control.HasMessages || _others.HasMessages;

    public override bool TryEnqueue(object message, IActorRef? sender, out Envelope refused) =>
        (TimedMessage.Unwrap(message) is IControlMessage ? _control : _others).TryEnqueue(message, sender, out refused);

    public override bool TryDequeue(out Envelope envelope) => _control.TryDequeue(out envelope) || _others.TryDequeue(out envelope);
}
