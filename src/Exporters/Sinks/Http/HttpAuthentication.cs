namespace Sluice.Exporters.Sinks.Http;

/// <summary>How a request says who sends it.</summary>
public enum HttpAuthentication
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>With a bearer token.</summary>
    Bearer,

    /// <summary>With user and password.</summary>
    Basic,
}
