using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sluice.Host.Receiving;

/// <summary>A small HTTP receiver: takes items by POST on any path and keeps them in a file, so that anybody can watch a pool deliver.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly ReceiverSettings _settings;
    private readonly ItemStore _store;
    private readonly WebApplication _server;
    private long _requests;
    private long _refused;

    private Receiver(ReceiverSettings settings)
    {
        _settings = settings;
        _store = new ItemStore(settings.Store);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, settings.Port);
            kestrel.Limits.MaxRequestBodySize = 256L << 20;
        });
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_server.Urls.First());

    /// <summary>Items kept and requests refused since the start.</summary>
    public (long Items, long Refused) Counts => (_store.Count, Interlocked.Read(ref _refused));

    /// <summary>Opens the store and listens.</summary>
    /// <exception cref="IOException">The port is taken or the store cannot be written.</exception>
    public static async Task<Receiver> StartAsync(ReceiverSettings settings, CancellationToken cancellationToken)
    {
        var receiver = new Receiver(settings);
        try
        {
            await receiver._server.StartAsync(cancellationToken).ConfigureAwait(false);
            return receiver;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await receiver.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"Port {settings.Port} is taken by another program: end it, or give another with --port (0 takes any free one).", taken);
        }
        catch
        {
            await receiver.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method))
        {
            return;
        }

        if (!HttpMethods.IsPost(http.Request.Method) && !HttpMethods.IsPut(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        await Task.Delay(_settings.Delay, TimeProvider.System, http.RequestAborted).ConfigureAwait(false);
        if (_settings.FailStatus is { } status && Interlocked.Increment(ref _requests) % _settings.FailEvery == 0)
        {
            Interlocked.Increment(ref _refused);
            http.Response.StatusCode = status;
            return;
        }

        await KeepAsync(http).ConfigureAwait(false);
    }

    private async Task KeepAsync(HttpContext http)
    {
        try
        {
            var body = await BodyAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
            var items = ReceivedItem.Parse(body, http.Request.Headers["Idempotency-Key"].FirstOrDefault());
            await _store.AppendAsync(items, http.RequestAborted).ConfigureAwait(false);
            http.Response.StatusCode = StatusCodes.Status200OK;
            await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"accepted\":{items.Count}}}\n")).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            Interlocked.Increment(ref _refused);
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsync($"Not JSON: {fault.Message}\n").ConfigureAwait(false);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        if (request.Headers.ContentEncoding.Contains("gzip"))
        {
            await using var plain = new GZipStream(request.Body, CompressionMode.Decompress);
            await plain.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        }

        return body.ToArray();
    }
}
