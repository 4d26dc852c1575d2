using System.Globalization;
using Sluice.Rabbit;

namespace Sluice.Exporters.Sinks.RabbitMq;

/// <summary>
/// Publishes each item as one message, under its key as message id. An item counts as delivered when the broker has confirmed it and had a queue for it.
/// </summary>
internal sealed class RabbitMqSink(RabbitMqSinkSettings settings, ItemTemplate routingKey, RabbitConnector connector, TimeProvider time) : ISink
{
    private readonly SinkConnection _connection = new(connector, $"sluice sink {settings.Name}", settings.MaxInFlight);

    public string Name => settings.Name;

    public async ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return [];
        }

        using var deadline = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var channel = await _connection.OpenAsync(either.Token).ConfigureAwait(false);
            return await PublishAsync(channel, items, either.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return SinkOutcomes.All(new SinkOutcome.RetryLater($"RabbitMQ at {connector.Nodes} did not take the connection within {settings.Timeout}."), items.Count);
        }
        catch (Exception fault) when (fault is RabbitUnreachableException || RabbitConnector.IsOfTheConnection(fault))
        {
            return SinkOutcomes.All(new SinkOutcome.RetryLater(fault.Message), items.Count);
        }
    }

    public async ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.ProbeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var channel = await _connection.OpenAsync(either.Token).ConfigureAwait(false);
            return channel.IsBlocked
                ? new SinkProbe.Unreachable("RabbitMQ takes no messages: its memory or disk runs short.")
                : SinkProbe.Reachable.Instance;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SinkProbe.Unreachable($"RabbitMQ at {connector.Nodes} did not answer within {settings.ProbeTimeout}.");
        }
        catch (Exception fault) when (fault is RabbitUnreachableException || RabbitConnector.IsOfTheConnection(fault))
        {
            return new SinkProbe.Unreachable(fault.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        connector.Dispose();
    }

    private async Task<IReadOnlyList<SinkOutcome>> PublishAsync(
        SinkChannel channel, IReadOnlyList<SinkItem> items, CancellationToken limit, CancellationToken cancellationToken)
    {
        var sent = new Task<SinkOutcome>[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            sent[i] = PublishAsync(channel, items[i], items.Count == 1, limit, cancellationToken);
        }

        return await Task.WhenAll(sent).ConfigureAwait(false);
    }

    private async Task<SinkOutcome> PublishAsync(SinkChannel channel, SinkItem item, bool isAlone, CancellationToken limit, CancellationToken cancellationToken)
    {
        if (routingKey.Fill(item, out var missing) is not { } key)
        {
            return new SinkOutcome.Undeliverable($"The routing key '{settings.RoutingKey}' needs '{missing}', which the item does not say.", "routing-key-missing");
        }

        if (key.Length > 255)
        {
            return new SinkOutcome.Undeliverable($"The routing key has {key.Length} characters; AMQP takes 255.", "routing-key-too-long");
        }

        try
        {
            var properties = ItemProperties.Of(item, settings.Persistent);
            return Judge(await channel.Publisher.PublishAsync(settings.Exchange, key, properties, item.Payload, limit).ConfigureAwait(false), key, isAlone);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SinkOutcome.RetryLater(channel.IsBlocked
                ? $"RabbitMQ takes no messages ({channel.BlockedReason}); waited for {settings.Timeout}."
                : $"RabbitMQ at {connector.Nodes} did not confirm within {settings.Timeout}.");
        }
    }

    private SinkOutcome Judge(PublishOutcome outcome, string key, bool isAlone)
    {
        switch (outcome)
        {
            case PublishOutcome.Confirmed:
                return SinkOutcome.Delivered.Silently;
            case PublishOutcome.Unroutable:
                var reason = $"No queue is bound to the exchange '{settings.Exchange}' for the routing key '{key}'.";
                return settings.Unroutable is Unroutable.Retry
                    ? new SinkOutcome.RetryLater(reason)
                    : new SinkOutcome.Undeliverable(reason, "unroutable");
            case PublishOutcome.Refused:
                return new SinkOutcome.RetryLater($"RabbitMQ refused the message for '{key}': a queue is full or could not write.");
            case PublishOutcome.Unknown { Code: { } code } lost when settings.PermanentCodes.Contains(code.ToString(CultureInfo.InvariantCulture)):
                // The broker closes the channel and does not say which message it was.
                return isAlone ? new SinkOutcome.Undeliverable(lost.Reason, $"amqp-{code}") : new SinkOutcome.RefusedTogether(lost.Reason, $"amqp-{code}");
            case PublishOutcome.Unknown lost:
                return new SinkOutcome.RetryLater($"RabbitMQ at {connector.Nodes} closed the channel before it confirmed: {lost.Reason}");
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} has no verdict.");
        }
    }
}
