namespace Sluice.Exporters.Sinks.Http;

/// <summary>What one HTTP request carries.</summary>
public enum HttpBody
{
    /// <summary>One item, as it is, under its own content type. A batch becomes as many requests, one after the other.</summary>
    Json,

    /// <summary>All items of a batch, one JSON line each (<c>application/x-ndjson</c>).</summary>
    Ndjson,
}
