namespace Sluice.Rabbit;

/// <summary>Settings of a connection cannot work.</summary>
/// <param name="key">The key under the connection's section, as written in HOCON.</param>
/// <param name="problem">What is wrong, and the remedy.</param>
/// <param name="inner">What was thrown below, if anything.</param>
public sealed class RabbitSettingsException(string key, string problem, Exception? inner = null) : Exception($"{key}: {problem}", inner)
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;

    /// <summary>What is wrong, and the remedy.</summary>
    public string Problem { get; } = problem;
}
