using System.Text;
using RabbitMQ.Client;

namespace Sluice.Exporters.Sinks.RabbitMq;

/// <summary>What a message says about its item.</summary>
internal static class ItemProperties
{
    // AMQP 0-9-1, 4.2.5.3: a short string has at most 255 bytes.
    private const int ShortString = 255;

    /// <summary>The item's key as message id, its content type, its arguments as headers, and when it was accepted.</summary>
    public static BasicProperties Of(SinkItem item, bool persistent)
    {
        var properties = new BasicProperties { AppId = "sluice", DeliveryMode = persistent ? DeliveryModes.Persistent : DeliveryModes.Transient };
        if (Encoding.UTF8.GetByteCount(item.ContentType) <= ShortString)
        {
            properties.ContentType = item.ContentType;
        }

        var headers = item.Arguments.Where(argument => Encoding.UTF8.GetByteCount(argument.Key) <= ShortString).ToDictionary(argument => argument.Key, argument => (object?)argument.Value);
        if (Encoding.UTF8.GetByteCount(item.Key) <= ShortString)
        {
            properties.MessageId = item.Key;
        }
        else
        {
            headers["idempotency-key"] = item.Key;
        }

        if (item.Origin?.Time is { } time)
        {
            properties.Timestamp = new AmqpTimestamp(time.ToUnixTimeSeconds());
        }

        properties.Headers = headers.Count > 0 ? headers : null;
        return properties;
    }
}
