using System.ComponentModel.DataAnnotations;

namespace Sluice.Hocon.Tests;

/// <summary>Settings records of the shapes that Sluice has.</summary>
internal enum Overflow
{
    Wait,
    DropOldest,
    Fail,
}

internal sealed record PoolSettings
{
    [Range(1, 10_000)]
    public required int BatchSize { get; init; }

    [Range(typeof(TimeSpan), "1ms", "1h")]
    public required TimeSpan BatchAge { get; init; }

    [ByteSize]
    public required long MaxSize { get; init; }

    public required Overflow Overflow { get; init; }

    public required bool SaveUnsentData { get; init; }

    public required double Jitter { get; init; }

    public string? Name { get; init; }

    public int? Limit { get; init; }

    public required IReadOnlyList<string> Hosts { get; init; }

    public required IReadOnlyDictionary<string, int> Weights { get; init; }

    public required RetrySettings Retry { get; init; }

    public required IReadOnlyDictionary<string, SinkSettings> Sinks { get; init; }
}

internal sealed record RetrySettings(int Attempts, TimeSpan Delay, [ByteSize] int Buffer, string? Note, bool Forever = true);

internal abstract record SinkSettings
{
    public required int Order { get; init; }
}

[SettingsType("file")]
internal sealed record FileSinkSettings : SinkSettings
{
    public required string Path { get; init; }
}

[SettingsType("http")]
internal sealed record HttpSinkSettings : SinkSettings
{
    public required Uri Url { get; init; }

    public required TimeSpan Timeout { get; init; }

    [MinLength(1, ErrorMessage = "at least one code is expected.")]
    public IReadOnlyList<int> Codes { get; init; } = [200];
}
