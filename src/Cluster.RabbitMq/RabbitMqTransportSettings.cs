using Sluice.Hocon;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>What configuration says of the way between members (<c>sluice.cluster.rabbitmq</c>).</summary>
public sealed record RabbitMqTransportSettings
{
    /// <summary>Where the broker is and how to get in.</summary>
    public required RabbitSettings Connection { get; init; }

    /// <summary>Before the names of all that the cluster keeps on the broker.</summary>
    public required string Prefix { get; init; }

    /// <summary>A member whose connection is back within this time was never lost for the others.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>How long a joining member waits for the answers of those that are there.</summary>
    public required TimeSpan AnswerTimeout { get; init; }

    /// <summary>How long members wait for each other after the broker itself was away.</summary>
    public required TimeSpan ReturnTimeout { get; init; }

    /// <summary>The time between two attempts to connect again.</summary>
    public required TimeSpan ReconnectInterval { get; init; }

    /// <summary>How often it is looked whether the broker takes anything, and whether a waiting claim has become the active one.</summary>
    public required TimeSpan Pulse { get; init; }

    /// <summary>The most messages to durable queues that may be without a confirm.</summary>
    public required int PublishWindow { get; init; }

    /// <summary>
    /// How long the broker may take to confirm a message to a durable queue before it is published again on another channel; twice as long the next time, up to a
    /// minute. Whoever gets it may get it twice, then with the same id.
    /// </summary>
    public required TimeSpan ConfirmTimeout { get; init; }

    /// <summary>Frames that the broker sends ahead of those that were handled.</summary>
    public required ushort Prefetch { get; init; }

    /// <summary>The longest frame, at least 64 KiB.</summary>
    [ByteSize]
    public required int MaxFrameBytes { get; init; }

    /// <summary>Reads the section <c>sluice.cluster.rabbitmq</c>, with the defaults for what it leaves open.</summary>
    /// <exception cref="ConfigException">A setting is missing, unknown or cannot be read.</exception>
    public static RabbitMqTransportSettings From(Config config) =>
        config.WithFallback(ConfigurationFactory.FromResource<RabbitMqTransportSettings>()).GetConfig("sluice.cluster.rabbitmq").Bind<RabbitMqTransportSettings>();

    internal void Check()
    {
        Require(Prefix.Length is > 0 and <= 40 && Prefix.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'), "prefix", "is not 1 to 40 letters, digits and dashes; write one such as sluice.");
        Require(Grace > TimeSpan.Zero, "grace", "is not above zero; give a time such as 800ms.");
        Require(AnswerTimeout > TimeSpan.Zero, "answer-timeout", "is not above zero; give a time such as 2s.");
        Require(ReturnTimeout > Grace, "return-timeout", "is not longer than the grace; give a time such as 8s.");
        Require(ReconnectInterval > TimeSpan.Zero, "reconnect-interval", "is not above zero; give a time such as 100ms.");
        Require(Pulse > TimeSpan.Zero, "pulse", "is not above zero; give a time such as 1s.");
        Require(ConfirmTimeout > TimeSpan.Zero, "confirm-timeout", "is not above zero; give a time such as 5s.");
        Require(PublishWindow > 0, "publish-window", "is below 1.");
        Require(Prefetch > 1, "prefetch", "is below 2.");
        Require(MaxFrameBytes >= 64 * 1024, "max-frame-bytes", "is below 64 KiB.");
    }

    private static void Require(bool holds, string key, string problem)
    {
        if (!holds)
        {
            throw new RabbitSettingsException(key, problem);
        }
    }
}
