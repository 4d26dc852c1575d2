namespace Sluice.Exporters.Sinks;

/// <summary>One thing to deliver. It is the same, byte for byte, each time it is tried.</summary>
public sealed record SinkItem
{
    /// <summary>The content type of a payload that is one JSON value.</summary>
    public const string Json = "application/json";

    /// <summary>Stable and unique within all that is sent to the sink, so that it can keep one of several deliveries: <c>pool-sequence</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The item itself. Under a JSON <see cref="ContentType"/> exactly one JSON value in UTF-8 without a byte order mark.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The payload's media type.</summary>
    public string ContentType { get; init; } = Json;

    /// <summary>What the sender said beside the data; templates of sinks (routing keys, index names) read it.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = NoArguments;

    /// <summary>Where the item came from, if that is known.</summary>
    public SinkOrigin? Origin { get; init; }

    /// <summary>Whether the payload is JSON (<c>application/json</c> or any <c>+json</c> type).</summary>
    public bool IsJson
    {
        get
        {
            if (ReferenceEquals(ContentType, Json))
            {
                return true;
            }

            var end = ContentType.IndexOf(';', StringComparison.Ordinal);
            var type = (end < 0 ? ContentType.AsSpan() : ContentType.AsSpan(0, end)).Trim();
            return type.Equals(Json, StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
        }
    }

    private static readonly IReadOnlyDictionary<string, string> NoArguments = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}
