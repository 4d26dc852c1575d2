namespace Sluice.Exporters.Sinks;

/// <summary>What became of one item. The cases are closed: match on all of them.</summary>
public abstract record SinkOutcome
{
    private SinkOutcome()
    {
    }

    /// <summary>The sink has it, and has said so: nothing is owed any more.</summary>
    /// <param name="Response">The beginning of the sink's answer, if it said anything.</param>
    public sealed record Delivered(string? Response = null) : SinkOutcome
    {
        /// <summary>Delivered, and the sink said nothing: shared, so that the common case allocates nothing.</summary>
        public static Delivered Silently { get; } = new();
    }

    /// <summary>Not delivered as far as anybody knows; the same item may succeed later. Whatever is not known to be permanent is this.</summary>
    /// <param name="Reason">What happened, in a sentence.</param>
    /// <param name="RetryAfter">The earliest time worth trying again, if the sink named one; never negative.</param>
    public sealed record RetryLater(string Reason, TimeSpan? RetryAfter = null) : SinkOutcome;

    /// <summary>The sink will never take this item: it belongs to the dead letters, and those behind it go on.</summary>
    /// <param name="Reason">What happened, in a sentence.</param>
    /// <param name="ErrorClass">What was matched against the settings: <c>http-422</c>, <c>sql-23502</c>, <c>invalid-json</c>, an exception's type name.</param>
    /// <param name="ResponseExcerpt">The beginning of the sink's answer.</param>
    public sealed record Undeliverable(string Reason, string ErrorClass, string? ResponseExcerpt = null) : SinkOutcome;

    /// <summary>
    /// The request that held this item and others was refused for good, and the sink did not say which of them is to blame.
    /// Send smaller batches: a batch of one gets <see cref="Undeliverable"/> or <see cref="Delivered"/>.
    /// </summary>
    /// <param name="Reason">What happened, in a sentence.</param>
    /// <param name="ErrorClass">As of <see cref="Undeliverable"/>.</param>
    /// <param name="ResponseExcerpt">The beginning of the sink's answer.</param>
    public sealed record RefusedTogether(string Reason, string ErrorClass, string? ResponseExcerpt = null) : SinkOutcome;
}
