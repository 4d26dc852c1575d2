using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Exporters.Sinks.Http;

namespace Sluice.Exporters.Sinks;

/// <summary>What sinks share with the process and with one another. Dispose it after the last sink.</summary>
public sealed class SinkServices : IDisposable
{
    /// <summary>The clock of timeouts, roll-overs and Retry-After dates.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where sinks log.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Where a console sink with <c>stream = output</c> writes.</summary>
    public TextWriter Output { get; init; } = Console.Out;

    /// <summary>Where a console sink with <c>stream = error</c> writes.</summary>
    public TextWriter Error { get; init; } = Console.Error;

    /// <summary>Reads an environment variable; null when it is not set.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The connections that all HTTP sinks share.</summary>
    public HttpConnections Http { get; init; } = new();

    /// <summary>Closes the shared connections.</summary>
    public void Dispose() => Http.Dispose();
}
