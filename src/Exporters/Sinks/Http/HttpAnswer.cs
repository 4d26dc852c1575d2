namespace Sluice.Exporters.Sinks.Http;

/// <summary>What came of one request.</summary>
internal abstract record HttpAnswer
{
    private HttpAnswer()
    {
    }

    /// <summary>A 2xx answer.</summary>
    public sealed record Accepted(ReadOnlyMemory<byte> Body) : HttpAnswer;

    /// <summary>An answer after which the same request may succeed.</summary>
    public sealed record Deferred(string Reason, TimeSpan? RetryAfter) : HttpAnswer
    {
        public SinkOutcome Outcome => new SinkOutcome.RetryLater(Reason, RetryAfter);
    }

    /// <summary>No answer, or only a part of one: nobody knows whether the request arrived.</summary>
    public sealed record Missing(string Reason) : HttpAnswer
    {
        public SinkOutcome Outcome => new SinkOutcome.RetryLater(Reason);
    }

    /// <summary>An answer after which the same request will never succeed.</summary>
    public sealed record Refused(string Reason, string ErrorClass, string? Excerpt) : HttpAnswer
    {
        public SinkOutcome ForOne => new SinkOutcome.Undeliverable(Reason, ErrorClass, Excerpt);

        /// <summary>The outcome of each of so many items that shared the request.</summary>
        public SinkOutcome For(int items) => items == 1 ? ForOne : new SinkOutcome.RefusedTogether(Reason, ErrorClass, Excerpt);
    }
}
