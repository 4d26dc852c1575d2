using System.Text.Json;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq;

/// <summary>What transports say to each other beside their members' frames.</summary>
internal sealed record Control
{
    /// <summary>A candidate, or a member that was away, asks to be let in; everybody answers.</summary>
    public const string Hello = "sluice.hello";

    /// <summary>The answer yes; <see cref="IsMember"/> tells whether who answers is one itself.</summary>
    public const string Welcome = "sluice.welcome";

    /// <summary>The answer no, with the sentence.</summary>
    public const string Refused = "sluice.refused";

    /// <summary>The answer to one that is lost already.</summary>
    public const string Gone = "sluice.gone";

    /// <summary>The sender is a member from now on.</summary>
    public const string Joined = "sluice.joined";

    /// <summary>The sender is none any more.</summary>
    public const string Goodbye = "sluice.goodbye";

    /// <summary>The <see cref="Target"/> is lost for everybody.</summary>
    public const string Expel = "sluice.expel";

    /// <summary>Whether it is the <see cref="Target"/>'s turn at a durable queue: only the active consumer ever sees it.</summary>
    public const string Probe = "sluice.probe";

    /// <summary>Who says it.</summary>
    public required MemberInfo Sender { get; init; }

    /// <summary>Whether the sender is a member, not a candidate.</summary>
    public bool IsMember { get; init; }

    /// <summary>Whom it is about.</summary>
    public MemberId? Target { get; init; }

    /// <summary>The sentence.</summary>
    public string? Text { get; init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads one; null when it is none, which is passed over: a stranger on the virtual host can send anything.</summary>
    public static Control? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<Control>(bytes) is { Sender: { Id.Name: not null, Cluster: not null, Roles: not null, Version: not null, System: not null } } control
                ? control
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
