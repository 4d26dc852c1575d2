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
    public sealed record Deferred(string Reason, TimeSpan? RetryAfter) : HttpAnswer;

    /// <summary>No answer, or only a part of one: nobody knows whether the request arrived.</summary>
    public sealed record Missing(string Reason) : HttpAnswer;

    /// <summary>An answer after which the same request will never succeed.</summary>
    public sealed record Refused(string Reason, string ErrorClass, string? Excerpt) : HttpAnswer;

    /// <summary>The outcome of each of so many items whose request was not accepted.</summary>
    public SinkOutcome Failure(int items) => this switch
    {
        Deferred deferred => new SinkOutcome.RetryLater(deferred.Reason, deferred.RetryAfter),
        Missing missing => new SinkOutcome.RetryLater(missing.Reason),
        Refused refused when items == 1 => new SinkOutcome.Undeliverable(refused.Reason, refused.ErrorClass, refused.Excerpt),
        Refused refused => new SinkOutcome.RefusedTogether(refused.Reason, refused.ErrorClass, refused.Excerpt),
        _ => throw new InvalidOperationException($"{this} is no failure."),
    };
}
