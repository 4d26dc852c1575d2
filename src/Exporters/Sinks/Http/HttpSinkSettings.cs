namespace Sluice.Exporters.Sinks.Http;

/// <summary>A sink that sends items to a web server (<c>type = http</c>).</summary>
[SettingsType("http")]
public sealed record HttpSinkSettings : HttpEndpointSettings
{
    /// <summary>The request method, such as <c>POST</c> or <c>PUT</c>.</summary>
    public required string Method { get; init; }

    /// <summary>What one request carries.</summary>
    public required HttpBody Body { get; init; }

    /// <summary>Whether items in the body carry their key.</summary>
    public required Envelope Envelope { get; init; }

    /// <summary>
    /// The header that carries the item's key, or under <see cref="HttpBody.Ndjson"/> the batch's (<c>first~last~count</c>); empty for none.
    /// </summary>
    public required string KeyHeader { get; init; }

    /// <inheritdoc/>
    public override ISink Open(SinkServices services)
    {
        CheckRanges();
        if (string.IsNullOrWhiteSpace(Method))
        {
            throw new SinkSettingsException(Name, "method", "is empty; give one such as POST.");
        }

        return new HttpSink(this, services);
    }
}
