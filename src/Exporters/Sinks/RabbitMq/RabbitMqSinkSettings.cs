using Sluice.Rabbit;

namespace Sluice.Exporters.Sinks.RabbitMq;

/// <summary>A sink that publishes items to an exchange of RabbitMQ with confirms (<c>type = rabbitmq</c>).</summary>
[SettingsType("rabbitmq")]
public sealed record RabbitMqSinkSettings : SinkSettings
{
    /// <summary>Where the broker is and how to get in.</summary>
    public required RabbitSettings Connection { get; init; }

    /// <summary>The exchange, which must exist; empty for the default one, whose routing keys are names of queues.</summary>
    public required string Exchange { get; init; }

    /// <summary>The routing key, with places for arguments and origin: <c>quakes.{region}</c>.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>Whether messages survive a restart of the broker (in durable queues).</summary>
    public required bool Persistent { get; init; }

    /// <summary>What becomes of an item that no queue would get.</summary>
    public required Unroutable Unroutable { get; init; }

    /// <summary>How long the broker may take to confirm one call's items, connecting included.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long a probe may take.</summary>
    public required TimeSpan ProbeTimeout { get; init; }

    /// <summary>The most items that may be without an answer; more wait.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>Reply codes of the broker after which an item is never sent again. All others are transient.</summary>
    public required IReadOnlyList<string> PermanentCodes { get; init; }

    /// <inheritdoc/>
    public override ISink Open(SinkServices services)
    {
        if (Timeout <= TimeSpan.Zero || ProbeTimeout <= TimeSpan.Zero)
        {
            throw new SinkSettingsException(Name, Timeout <= TimeSpan.Zero ? "timeout" : "probe-timeout", "is not above zero; give a time such as 30s.");
        }

        if (MaxInFlight < 1)
        {
            throw new SinkSettingsException(Name, "max-in-flight", $"is {MaxInFlight}; give at least 1.");
        }

        var routingKey = ItemTemplate.Parse(RoutingKey, Name, "routing-key");
        try
        {
            return new RabbitMqSink(this, routingKey, new RabbitConnector(Connection, services.Environment), services.Time);
        }
        catch (RabbitSettingsException fault)
        {
            throw new SinkSettingsException(Name, $"connection.{fault.Key}", fault.Problem, fault);
        }
    }
}
