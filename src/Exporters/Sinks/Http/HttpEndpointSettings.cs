namespace Sluice.Exporters.Sinks.Http;

/// <summary>What every sink that speaks HTTP is told.</summary>
public abstract record HttpEndpointSettings : SinkSettings
{
    /// <summary>Where requests go; <c>http</c> or <c>https</c>.</summary>
    public required string Url { get; init; }

    /// <summary>Headers of every request, by name. They win over those that the sink would set.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>How bodies are compressed.</summary>
    public required HttpCompression Compression { get; init; }

    /// <summary>How requests say who sends them. Secrets are read from environment variables when the sink is opened, never from configuration.</summary>
    public required HttpAuthentication Authentication { get; init; }

    /// <summary>The environment variable that holds the bearer token.</summary>
    public required string TokenVariable { get; init; }

    /// <summary>The environment variable that holds the user's name.</summary>
    public required string UserVariable { get; init; }

    /// <summary>The environment variable that holds the password.</summary>
    public required string PasswordVariable { get; init; }

    /// <summary>How long one request may take, connecting and reading the answer included.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long a probe may take.</summary>
    public required TimeSpan ProbeTimeout { get; init; }

    /// <summary>The longest wait that a <c>Retry-After</c> header can ask for.</summary>
    public required TimeSpan MaxRetryAfter { get; init; }

    /// <summary>Status codes, or ranges such as <c>400-499</c>, after which an item is never sent again. Codes in neither list are transient.</summary>
    public required IReadOnlyList<string> PermanentStatus { get; init; }

    /// <summary>Exceptions to <see cref="PermanentStatus"/>: after these an item is sent again.</summary>
    public required IReadOnlyList<string> TransientStatus { get; init; }

    /// <summary>How much of an answer is kept for reports, in bytes.</summary>
    [ByteSize]
    public required int ResponseExcerpt { get; init; }

    internal void CheckRanges()
    {
        if (Timeout <= TimeSpan.Zero || ProbeTimeout <= TimeSpan.Zero)
        {
            throw new SinkSettingsException(Name, Timeout <= TimeSpan.Zero ? "timeout" : "probe-timeout", "is not above zero; give a time such as 10s.");
        }

        if (ResponseExcerpt < 0)
        {
            throw new SinkSettingsException(Name, "response-excerpt", $"is {ResponseExcerpt}; give a count of bytes, 0 for none.");
        }
    }
}
