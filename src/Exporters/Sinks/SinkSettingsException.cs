namespace Sluice.Exporters.Sinks;

/// <summary>A sink's settings cannot work; the message names the sink, the key and what to write instead. Nothing was opened.</summary>
/// <param name="sink">The sink's name.</param>
/// <param name="key">The key under the sink's section, as written in HOCON.</param>
/// <param name="problem">What is wrong, and the remedy.</param>
/// <param name="inner">What was thrown below, if anything.</param>
public sealed class SinkSettingsException(string sink, string key, string problem, Exception? inner = null)
    : Exception($"Sink '{sink}', {key}: {problem}", inner)
{
    /// <summary>The sink's name.</summary>
    public string Sink { get; } = sink;

    /// <summary>The key under the sink's section.</summary>
    public string Key { get; } = key;
}
