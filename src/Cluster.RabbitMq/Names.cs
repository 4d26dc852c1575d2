using System.Globalization;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq;

/// <summary>What a cluster keeps on the broker, by name.</summary>
//   PREFIX.members             exchange  what all members and observers get
//   PREFIX.member.NAME.LIFE    queue     exclusive: frames to one life of a member; its deletion is the first sign of a loss
//   PREFIX.name.NAME           queue     exclusive: whoever has it has the name
//   PREFIX.roll                queue     quorum, always empty: its consumers are those that must answer a hello
//   PREFIX.tickets             stream    its offsets are the fencing tokens
//   PREFIX.queue.QUEUE         queue     quorum, single active consumer: the durable queues
internal sealed class Names(string prefix)
{
    /// <summary>The broker's own exchange of events, of the plugin rabbitmq_event_exchange.</summary>
    public const string Events = "amq.rabbitmq.event";

    private readonly string _memberPrefix = $"{prefix}.member.";

    public string Members { get; } = $"{prefix}.members";

    public string Roll { get; } = $"{prefix}.roll";

    public string Tickets { get; } = $"{prefix}.tickets";

    /// <summary>A routing key that no queue has: what is published there only shows whether the broker takes anything.</summary>
    public string Pulse { get; } = $"{prefix}.pulse";

    public string Name(string member) => $"{prefix}.name.{member}";

    public string Queue(string queue) => $"{prefix}.queue.{queue}";

    public string Member(MemberId id) => $"{_memberPrefix}{id.Name}.{id.Incarnation.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Whose queue it is, if it is a member's.</summary>
    public MemberId? MemberOf(string queue)
    {
        var dot = queue.LastIndexOf('.');
        return queue.StartsWith(_memberPrefix, StringComparison.Ordinal) && dot > _memberPrefix.Length
            && int.TryParse(queue.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var incarnation)
            ? new MemberId(queue[_memberPrefix.Length..dot], incarnation)
            : null;
    }
}
