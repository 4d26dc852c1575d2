namespace Sluice.Tubes.Specification;

/// <summary>What a runner does when a node fails.</summary>
public abstract record ErrorPolicy
{
    private ErrorPolicy()
    {
    }

    /// <summary>The process call fails with the node's exception. The default.</summary>
    public static ErrorPolicy Fail { get; } = new FailRun();

    /// <summary>The process call fails with the node's exception.</summary>
    public sealed record FailRun : ErrorPolicy
    {
        /// <inheritdoc/>
        public override string ToString() => "fail";
    }

    /// <summary>The epoch ends without a result; the run goes on with the next.</summary>
    public sealed record SkipEpoch : ErrorPolicy
    {
        /// <inheritdoc/>
        public override string ToString() => "skip-epoch";
    }

    /// <summary>The node is called again, then the process call fails.</summary>
    /// <param name="Times">How many further calls are made, at least 1.</param>
    /// <param name="Backoff">The wait before the first of them; it doubles with each.</param>
    public sealed record Retry(int Times, TimeSpan Backoff) : ErrorPolicy
    {
        /// <inheritdoc/>
        public override string ToString() => Backoff == TimeSpan.Zero ? $"retry({Times})" : $"retry({Times}, {Backoff.TotalMilliseconds:0.###}ms)";
    }

    /// <summary>The node gives no event in this epoch and is disabled from the next on.</summary>
    public sealed record Disable : ErrorPolicy
    {
        /// <inheritdoc/>
        public override string ToString() => "disable";
    }
}
