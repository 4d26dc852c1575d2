using Microsoft.AspNetCore.Http;

namespace Sluice.Actors.Tests.Pools;

/// <summary>What a server can do instead of accepting.</summary>
internal static class Misbehaviour
{
    /// <summary>Answers with this status, for requests that <paramref name="when"/> picks by their lines.</summary>
    public static Func<HttpContext, string[], Task<bool>> Status(int code, Func<string[], bool>? when = null, string? retryAfter = null) =>
        (context, lines) =>
        {
            if (when is not null && !when(lines))
            {
                return Task.FromResult(false);
            }

            context.Response.StatusCode = code;
            if (retryAfter is not null)
            {
                context.Response.Headers.RetryAfter = retryAfter;
            }

            return Task.FromResult(true);
        };

    /// <summary>Accepts the request and never answers it.</summary>
    public static Func<HttpContext, string[], Task<bool>> Never() => async (context, _) =>
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(() => gone.TrySetResult());
        await gone.Task;
        return true;
    };

    /// <summary>Cuts the connection.</summary>
    public static Func<HttpContext, string[], Task<bool>> Reset() => (context, _) =>
    {
        context.Abort();
        return Task.FromResult(true);
    };
}
