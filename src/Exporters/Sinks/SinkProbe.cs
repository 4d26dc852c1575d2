namespace Sluice.Exporters.Sinks;

/// <summary>What a probe found.</summary>
public abstract record SinkProbe
{
    private SinkProbe()
    {
    }

    /// <summary>The far end answers; a send is worth trying.</summary>
    public sealed record Reachable : SinkProbe
    {
        /// <summary>The one instance.</summary>
        public static Reachable Instance { get; } = new();
    }

    /// <summary>The far end does not answer.</summary>
    /// <param name="Reason">What happened, in a sentence.</param>
    public sealed record Unreachable(string Reason) : SinkProbe;
}
