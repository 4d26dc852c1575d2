using Sluice.Actors.Pools;
using Sluice.Actors.Pools.Policies;
using Sluice.Hocon;

namespace Sluice.Actors.Tests.Pools;

/// <summary>The defaults of reference.conf, changed where a test says so.</summary>
internal static class Settings
{
    private static readonly Config Reference = Read();

    public static ExporterPoolSettings Pool(string name = "test") => Reference.Bind<ExporterPoolSettings>("sluice.pool") with { Name = name };

    public static PoolExporterSettings Exporter() => Reference.Bind<PoolExporterSettings>("sluice.pool-exporter");

    /// <summary>Retries at exact times: no jitter.</summary>
    public static PoolExporterSettings Exact(this PoolExporterSettings settings) => settings with
    {
        Retry = settings.Retry with
        {
            InitialInterval = TimeSpan.FromSeconds(1),
            Multiplier = 2,
            MaxInterval = TimeSpan.FromSeconds(10),
            Jitter = 0,
        },
    };

    /// <summary>Retries so soon that a test on the real clock does not notice.</summary>
    public static PoolExporterSettings Quick(this PoolExporterSettings settings) => settings with
    {
        Retry = settings.Retry with { InitialInterval = TimeSpan.FromMilliseconds(5), MaxInterval = TimeSpan.FromMilliseconds(20) },
        Circuit = settings.Circuit with { OpenFor = TimeSpan.FromMilliseconds(20) },
    };

    public static PolicySettings Policy(PolicyKind kind, int quorum = 1) => new() { Kind = kind, Quorum = quorum };

    private static Config Read()
    {
        using var stream = typeof(ExporterPool).Assembly.GetManifestResourceStream("reference.conf")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
