namespace Sluice.Exporters.Sinks.Http;

/// <summary>How a request's body is compressed.</summary>
public enum HttpCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With gzip (<c>Content-Encoding: gzip</c>).</summary>
    Gzip,
}
