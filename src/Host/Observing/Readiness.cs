namespace Sluice.Host.Observing;

/// <summary>Whether a program takes work, as <c>/health/ready</c> tells it.</summary>
internal sealed class Readiness
{
    private volatile string? _reason = "starting";

    /// <summary>Why it does not; null when it does.</summary>
    public string? NotReadyBecause => _reason;

    /// <summary>It takes work.</summary>
    public void Ready() => _reason = null;

    /// <summary>It does not.</summary>
    public void NotReady(string because) => _reason = because;
}
