using System.Net.Http.Headers;
using System.Text;

namespace Sluice.Exporters.Sinks.Http;

/// <summary>Decides by the settings' lists what an answer means for the items that were sent.</summary>
internal sealed class HttpJudge(HttpEndpointSettings settings, TimeProvider time)
{
    private readonly StatusSet _permanent = StatusSet.Parse(settings.PermanentStatus, settings.Name, "permanent-status");
    private readonly StatusSet _transient = StatusSet.Parse(settings.TransientStatus, settings.Name, "transient-status");

    public HttpAnswer Judge(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        if (response.IsSuccessStatusCode)
        {
            return new HttpAnswer.Accepted(body);
        }

        var code = (int)response.StatusCode;
        var reason = $"{settings.Url} answered {$"{code} {response.ReasonPhrase}".TrimEnd()}.";
        if (IsPermanent(code))
        {
            return new HttpAnswer.Refused(reason, $"http-{code}", Excerpt(body));
        }

        if (code is >= 300 and < 400 && response.Headers.Location is { } location)
        {
            reason += $" It points to {location}, which is not followed: change the sink's url if that is right.";
        }

        return new HttpAnswer.Deferred(reason, RetryAfter(response.Headers.RetryAfter));
    }

    /// <summary>Whether an item is never to be sent again after this status code.</summary>
    public bool IsPermanent(int code) => _permanent.Contains(code) && !_transient.Contains(code);

    /// <summary>As much of an answer as the settings want to keep.</summary>
    public string? Excerpt(ReadOnlyMemory<byte> body) =>
        body.IsEmpty || settings.ResponseExcerpt == 0
            ? null
            : Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, settings.ResponseExcerpt)]);

    /// <inheritdoc cref="Excerpt(ReadOnlyMemory{byte})"/>
    public string? Excerpt(string text) => Excerpt(Encoding.UTF8.GetBytes(text));

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date is { } date ? date - time.GetUtcNow() : null);
        return wait is { } asked ? TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, settings.MaxRetryAfter.Ticks)) : null;
    }
}
