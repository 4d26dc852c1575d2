using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Remoting;

/// <summary>Takes in the frames of other members, one after the other.</summary>
internal sealed class Inbound(RemotingParts parts, Func<MemberId, string?> whyNot, Links links, Action<MemberId, MemberLoad> heartbeat, Action<string> refused) : IFrameSink
{
    private readonly FrameDecoder _decoder = new(parts.Types, parts.Refs);
    private MemberId _from;

    /// <summary>Messages that were taken in.</summary>
    public long Received { get; private set; }

    public void Take(ReadOnlySpan<byte> frame) => _decoder.Decode(frame, this);

    bool IFrameSink.Begin(in FrameHeader header)
    {
        _from = header.From;
        if (header.ToIncarnation != 0 && header.ToIncarnation != parts.Self.Incarnation)
        {
            refused($"it is for the incarnation {header.ToIncarnation} of this member, which is {parts.Self.Incarnation} now");
            return false;
        }
        if (whyNot(header.From) is { } reason)
        {
            refused(reason);
            return false;
        }
        if (header.From != parts.Self)
        {
            links.Of(header.From).Open();
        }
        return true;
    }

    void IFrameSink.Tell(IActorRef recipient, object message, IActorRef? sender)
    {
        Received++;
        if (message is PoisonPill or Kill && recipient.Path.Elements.Count < 2)
        {
            refused($"{message.GetType().Name} to {recipient.Path} would end this system");
            return;
        }
        recipient.Tell(message, sender);
    }

    void IFrameSink.Entity(string entityId, object message, IActorRef? sender, MessageId id) => refused("messages to entities come through queues");

    void IFrameSink.LifeCycle(ulong number, SystemKind kind, IActorRef first, IActorRef? second, byte flags) =>
        links.Of(_from).Received(number, kind, first, second, flags);

    void IFrameSink.Acknowledged(ulong number) => links.Of(_from).Acknowledged(number);

    void IFrameSink.Heartbeat(in MemberLoad load) => heartbeat(_from, load);

    void IFrameSink.Refused(string reason) => refused(reason);
}
