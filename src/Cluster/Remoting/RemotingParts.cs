using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Remoting;

/// <summary>What all links of a member share.</summary>
internal sealed class RemotingParts(
    ITransport transport, IActorRefProvider provider, MessageTypes types, RefTexts refs, OutboxLimits limits, ILoggingAdapter log)
{
    public ITransport Transport => transport;

    public IActorRefProvider Provider => provider;

    public MessageTypes Types => types;

    public RefTexts Refs => refs;

    public OutboxLimits Limits => limits;

    public ILoggingAdapter Log => log;

    /// <summary>This member, in its present incarnation.</summary>
    public MemberId Self { get; set; }

    /// <summary>Whether this member only looks, and so judges nobody.</summary>
    public bool IsObserver { get; set; }

    public FrameWriter NewFrame(FrameKind kind, int toIncarnation) => new(
        new FrameHeader(kind, provider.System.Name, Self, toIncarnation), provider.DefaultAddress.ToString(), refs, provider.DeadLetters);

    /// <summary>Makes dead letters of what a frame holds that was not sent.</summary>
    public void Return(FrameWriter frame, MemberLink link, string reason)
    {
        var there = new Address("sluice", provider.System.Name, link.Id.Name, link.Id.Incarnation);
        new FrameDecoder(types, new RefsAt(refs, there)).Decode(frame.Memory.Span, new Returned(provider, reason));
    }

    /// <summary>Resolves as the receiver of a frame would, but here.</summary>
    private sealed class RefsAt(RefTexts refs, Address there) : IRefTexts
    {
        public Address Own => there;

        public string FullText(IActorRef actor) => refs.FullText(actor);

        public IActorRef? Resolve(string text, Address relativeTo) => refs.Resolve(text, relativeTo);
    }

    private sealed class Returned(IActorRefProvider provider, string reason) : IFrameSink
    {
        public bool Begin(in FrameHeader header) => true;

        public void Tell(IActorRef recipient, object message, IActorRef? sender) =>
            provider.DeadLetters.Tell(new DeadLetter(message, sender ?? provider.DeadLetters, recipient, reason), sender);

        public void Entity(string entityId, object message, IActorRef? sender, MessageId id)
        {
        }

        public void LifeCycle(ulong number, SystemKind kind, IActorRef first, IActorRef? second, byte flags)
        {
        }

        public void Acknowledged(ulong number)
        {
        }

        public void Heartbeat(in MemberLoad load)
        {
        }

        public void Refused(string reason)
        {
        }
    }
}
