namespace Sluice.Instruments;

/// <summary>The stable names by which telemetry is subscribed to; docs/telemetry.md lists what comes under them.</summary>
public static class Telemetry
{
    /// <summary>The meter's and the activity source's name.</summary>
    public const string Name = "Sluice";

    /// <summary>The version they carry.</summary>
    public static string Version { get; } = typeof(Telemetry).Assembly.GetName().Version!.ToString(3);
}
