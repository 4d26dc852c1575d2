namespace Sluice.Host.Observing;

/// <summary>Whether a program takes work, as <c>/health/ready</c> tells it.</summary>
internal sealed class Readiness
{
    private volatile string? _reason = "starting";
    private volatile Func<string?>? _trouble;

    /// <summary>Why it does not; null when it does.</summary>
    public string? NotReadyBecause => _reason ?? _trouble?.Invoke();

    /// <summary>It takes work.</summary>
    /// <param name="trouble">Says why it does not at the moment, or null; asked whenever somebody wants to know, on any thread.</param>
    public void Ready(Func<string?>? trouble = null)
    {
        _trouble = trouble;
        _reason = null;
    }

    /// <summary>It does not.</summary>
    public void NotReady(string because) => _reason = because;
}
