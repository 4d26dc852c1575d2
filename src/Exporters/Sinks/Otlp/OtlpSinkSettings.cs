using Sluice.Exporters.Sinks.Http;

namespace Sluice.Exporters.Sinks.Otlp;

/// <summary>A sink that sends to any OpenTelemetry collector over HTTP with protocol buffers (<c>type = otlp</c>).</summary>
[SettingsType("otlp")]
public sealed record OtlpSinkSettings : HttpEndpointSettings
{
    /// <summary>What is sent.</summary>
    public required OtlpSignal Signal { get; init; }

    /// <summary>The resource's <c>service.name</c>.</summary>
    public required string ServiceName { get; init; }

    /// <summary>More attributes of the resource, by name.</summary>
    public required IReadOnlyDictionary<string, string> ResourceAttributes { get; init; }

    /// <inheritdoc/>
    public override ISink Open(SinkServices services)
    {
        CheckRanges();
        return new OtlpSink(WithPath(), services);
    }

    // A collector's address without a path gets the one that the protocol names for the signal.
    private OtlpSinkSettings WithPath() =>
        Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.AbsolutePath == "/"
            ? this with { Url = new Uri(url, Signal is OtlpSignal.Traces ? "/v1/traces" : "/v1/logs").AbsoluteUri }
            : this;
}
