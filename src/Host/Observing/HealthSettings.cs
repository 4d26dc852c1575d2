using System.ComponentModel.DataAnnotations;

namespace Sluice.Host.Observing;

/// <summary>The port with health and metrics (<c>sluice.health</c>).</summary>
internal sealed record HealthSettings
{
    /// <summary>The TCP port; 0 for any free one, -1 for none.</summary>
    [Range(-1, 65_535)]
    public required int Port { get; init; }

    /// <summary>The IP address that it is bound to.</summary>
    public required string Address { get; init; }
}
