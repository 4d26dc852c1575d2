using Sluice.Exporters.Sinks.Http;

namespace Sluice.Exporters.Sinks.Elasticsearch;

/// <summary>
/// A sink that indexes items as documents of Elasticsearch or OpenSearch through their bulk API (<c>type = elasticsearch</c>).
/// A document's id is its item's key, so that what comes twice is there once.
/// </summary>
[SettingsType("elasticsearch")]
public sealed record ElasticsearchSinkSettings : HttpEndpointSettings
{
    /// <summary>The index, with places such as <c>{tube}</c> or the name of an argument in braces.</summary>
    public required string Index { get; init; }

    /// <summary>The member under which an item that is not an object is put, because a document must be one.</summary>
    public required string ValueField { get; init; }

    /// <inheritdoc/>
    public override ISink Open(SinkServices services)
    {
        CheckRanges();
        if (string.IsNullOrWhiteSpace(Index))
        {
            throw new SinkSettingsException(Name, "index", "is empty; name the index to write to, such as index = quakes.");
        }

        var bulk = Url.TrimEnd('/').EndsWith("/_bulk", StringComparison.Ordinal) ? this : this with { Url = Url.TrimEnd('/') + "/_bulk" };
        return new ElasticsearchSink(bulk, services);
    }
}
