namespace Sluice.Actors.Pools.Retries;

/// <summary>When an exporter stops sending and only probes. Defaults are in <c>reference.conf</c> under <c>sluice.pool-exporter.circuit</c>.</summary>
public sealed record CircuitSettings
{
    /// <summary>Failed attempts in a row that open the circuit; zero means that it never opens.</summary>
    public required int Failures { get; init; }

    /// <summary>How long the circuit stays open before one probe is let through; above zero.</summary>
    public required TimeSpan OpenFor { get; init; }

    /// <exception cref="InvalidConfigException">A value is out of range.</exception>
    internal void Validate(string path)
    {
        InvalidConfigException.Unless(Failures >= 0, path, "failures", Failures, "write a number of attempts, or 0 to never open the circuit");
        InvalidConfigException.Unless(OpenFor > TimeSpan.Zero, path, "open-for", OpenFor, "write a duration above zero, such as 10s");
    }
}
