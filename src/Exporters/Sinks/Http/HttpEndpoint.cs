using System.Buffers;

namespace Sluice.Exporters.Sinks.Http;

/// <summary>Exchanges requests and answers with one address. A failure is an answer too; only the caller's cancellation is thrown.</summary>
internal sealed class HttpEndpoint(HttpEndpointSettings settings, SinkServices services)
{
    private readonly HttpMessageInvoker _invoker = services.Http.Invoker;

    public HttpRequests Requests { get; } = new(settings, services.Environment);

    public HttpJudge Judge { get; } = new(settings, services.Time);

    /// <summary>Sends a request and disposes it.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="wanted">How much of a 2xx answer the caller reads, in bytes; at least an excerpt is kept.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async ValueTask<HttpAnswer> SendAsync(HttpRequestMessage request, int wanted, CancellationToken cancellationToken)
    {
        using (request)
        {
            return await ExchangeAsync(request, settings.Timeout, wanted, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for the address without sending data. Any answer will do: a server that refuses HEAD is there.</summary>
    public async ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        using var request = Requests.Make(HttpMethod.Head, content: null);
        var answer = await ExchangeAsync(request, settings.ProbeTimeout, 0, cancellationToken).ConfigureAwait(false);
        return answer is HttpAnswer.Missing(var reason) ? new SinkProbe.Unreachable(reason) : SinkProbe.Reachable.Instance;
    }

    private async ValueTask<HttpAnswer> ExchangeAsync(HttpRequestMessage request, TimeSpan timeout, int wanted, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(timeout, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await _invoker.SendAsync(request, either.Token).ConfigureAwait(false);
            var limit = response.IsSuccessStatusCode ? Math.Max(wanted, settings.ResponseExcerpt) : settings.ResponseExcerpt;
            var body = await ReadAsync(response.Content, limit, either.Token).ConfigureAwait(false);
            return Judge.Judge(response, body);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new HttpAnswer.Missing($"{settings.Url} did not answer within {timeout}.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new HttpAnswer.Missing($"{settings.Url} cannot be reached: {Causes(fault)}");
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var body = new ArrayBufferWriter<byte>();
            int read;
            do
            {
                // One byte more than wanted: an answer of just that length is read to its end, and its connection lives on.
                var room = Math.Min(limit + 1 - body.WrittenCount, Math.Max(256, body.FreeCapacity));
                read = await stream.ReadAsync(body.GetMemory(room)[..room], cancellationToken).ConfigureAwait(false);
                body.Advance(read);
            }
            while (read > 0 && body.WrittenCount <= limit);

            return body.WrittenMemory[..Math.Min(body.WrittenCount, limit)];
        }
    }

    private static string Causes(Exception fault)
    {
        var innermost = fault.GetBaseException();
        return ReferenceEquals(innermost, fault) || fault.Message.Contains(innermost.Message, StringComparison.Ordinal)
            ? fault.Message
            : $"{fault.Message} {innermost.Message}";
    }
}
