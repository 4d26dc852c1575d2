using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Actors.Pools;

namespace Sluice.Logging;

/// <summary>Adds exporter pools to a program's logging.</summary>
public static class LoggingBuilderExtensions
{
    /// <summary>Logs into a pool as well; under the name <c>Sluice</c> in <c>Logging</c> configurations. The pool stays its owner's and is to be stopped last.</summary>
    /// <param name="builder">The program's logging.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="settings">How entries wait; the defaults if left out.</param>
    public static ILoggingBuilder AddExporterPool(this ILoggingBuilder builder, ExporterPool pool, PoolLoggerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(pool);
        builder.Services.AddSingleton<ILoggerProvider>(_ => new PoolLoggerProvider(pool, settings));
        return builder;
    }
}
