using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sluice.Instruments;
using Sluice.Instruments.Queues;
using Sluice.Instruments.Sockets;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Nodes.Sources;

/// <summary>
/// The node <c>sluice.http</c>: one epoch per body that is posted to us, or per answer of an address that is asked again and again. A post is answered
/// with 202 once it has its place in the queue, and with 503 when there is none: then whoever sent it still has it.
/// </summary>
[NodeName("sluice.http")]
public sealed class HttpSource : IAsyncDisposable
{
    private const int Waiting = 1024;
    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(5);

    private readonly Uri? _listen;
    private readonly Uri? _poll;
    private readonly TimeSpan _every;
    private readonly TimeSpan _patience;
    private readonly SourceTls _tls;
    private readonly long _maxBody;
    private AsyncQueue<(string Body, string Url, string Type)> _posts = null!;
    private WebApplication? _server;
    private HttpClient? _client;
    private TimeProvider _time = TimeProvider.System;
    private long _askedAt;
    private bool _hasAsked;

    /// <summary>Either <paramref name="listen"/> or <paramref name="poll"/>.</summary>
    /// <param name="listen">Where posts are taken, such as <c>http://127.0.0.1:8080/in</c>: that path and those below. <c>https</c> needs a certificate.</param>
    /// <param name="poll">What to ask with GET.</param>
    /// <param name="every">How often to ask; a minute if left out. The first time at once.</param>
    /// <param name="patience">How long a post may wait for a place in the queue, at zero not at all; 5 seconds if left out.</param>
    /// <param name="certificate">Our certificate, a PEM file beside the tube.</param>
    /// <param name="key">Its private key, a PEM file; if left out, it is in the certificate's.</param>
    /// <param name="trust">To ask over https: whose certificates to trust, a PEM file; if left out, whom the machine trusts.</param>
    /// <param name="maxBody">Bytes; a longer post is refused with 413, a longer answer is a failure.</param>
    /// <exception cref="ArgumentException">Not exactly one of the two addresses was given, or one makes no sense.</exception>
    public HttpSource(
        Uri? listen = null, Uri? poll = null, TimeSpan? every = null, TimeSpan? patience = null, string? certificate = null, string? key = null,
        string? trust = null, long maxBody = 1_048_576)
    {
        if (listen is null == poll is null)
        {
            throw new ArgumentException("sluice.http needs either `listen: http://address:port/path` or `poll: URL`: give one of them.");
        }

        if ((listen ?? poll) is not { IsAbsoluteUri: true, Scheme: "http" or "https" } || (listen is not null && !IsOurs(listen)))
        {
            throw new ArgumentException($"sluice.http: {listen ?? poll} is not {(poll is null ? "http(s)://IP-address:port/path to listen on" : "an http or https URL to ask")}.");
        }

        if (listen is { Scheme: "https" } != certificate is not null)
        {
            throw new ArgumentException($"sluice.http: `listen: {listen}` and `certificate` do not go together: https needs a certificate, and http has none.");
        }

        (_listen, _poll, _maxBody) = (listen, poll, maxBody);
        (_every, _patience) = (every ?? TimeSpan.FromMinutes(1), patience ?? TimeSpan.FromSeconds(5));
        _tls = new SourceTls("sluice.http", isClient: false, certificate, key, trust);
    }

    /// <summary>Listens, if it shall.</summary>
    /// <exception cref="IOException">The address is taken; nothing is left open.</exception>
    public async Task InitAsync(RunnerContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var watchers = InstrumentScope.Active ?? context.Watching?.Watchers;
        _time = context.Time;
        _tls.Load(context);
        var sockets = new ObservedConnections(watchers, _time);
        if (_listen is not null)
        {
            _posts = new AsyncQueue<(string, string, string)>(Waiting, "sluice.http") { Watchers = watchers, Clock = _time };
            await ListenAsync(_listen, new ObservedTransport(sockets, _tls), cancellationToken).ConfigureAwait(false);
            return;
        }

        var handler = new SocketsHttpHandler { SslOptions = _tls.Client(null), PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        if (watchers is not null)
        {
            handler.ConnectCallback = sockets.ConnectCallback(handler.SslOptions);
        }

        _client = new HttpClient(handler) { MaxResponseContentBufferSize = _maxBody };
    }

    /// <summary>The next body, with where it was posted to or asked for, and its content type.</summary>
    public async ValueTask<(string Body, string Url, string Type)> Process(CancellationToken cancellationToken)
    {
        if (_client is null)
        {
            return await _posts.GetAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_hasAsked && _every - _time.GetElapsedTime(_askedAt) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, _time, cancellationToken).ConfigureAwait(false);
        }

        (_hasAsked, _askedAt) = (true, _time.GetTimestamp());
        using var answer = await _client.GetAsync(_poll, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{_poll} answered {(int)answer.StatusCode} {answer.ReasonPhrase}.", null, answer.StatusCode);
        }

        var body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return (body, _poll!.ToString(), $"{answer.Content.Headers.ContentType}");
    }

    /// <summary>Takes no more posts, and closes all connections; posts that were not taken are lost.</summary>
    public async Task DeinitAsync()
    {
        _client?.Dispose();
        _posts?.Close();
        if (_server is { } server)
        {
            using var limit = new CancellationTokenSource(Shutdown);
            await server.StopAsync(limit.Token).ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
            _server = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await DeinitAsync().ConfigureAwait(false);

    private static bool IsOurs(Uri listen) => listen.Host == "localhost" || IPAddress.TryParse(listen.Host.Trim('[', ']'), out _);

    private async Task ListenAsync(Uri listen, ObservedTransport transport, CancellationToken cancellationToken)
    {
        var address = new IPEndPoint(listen.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(listen.Host.Trim('[', ']')), listen.Port);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = _maxBody;
            options.Listen(address, to => to.Use(transport.SecureAsync));
        });
        builder.Services.AddSingleton<IConnectionListenerFactory>(transport);
        var server = builder.Build();
        server.Run(request => TakeAsync(request, listen.AbsolutePath));
        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"sluice.http cannot listen on {listen}: {(fault.InnerException ?? fault).Message}. Choose another address, or stop the program that has it.", fault);
        }

        _server = server;
    }

    private async Task TakeAsync(HttpContext context, string path)
    {
        if (!context.Request.Path.StartsWithSegments(path.TrimEnd('/')))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!HttpMethods.IsPost(context.Request.Method) && !HttpMethods.IsPut(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "POST, PUT";
            return;
        }

        context.Response.StatusCode = await TryPutAsync(context).ConfigureAwait(false) ? StatusCodes.Status202Accepted : StatusCodes.Status503ServiceUnavailable;
        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = "1";
        }
    }

    private async Task<bool> TryPutAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var post = (await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false), context.Request.Path + context.Request.QueryString, context.Request.ContentType ?? "");
        if (_posts.TryPut(post))
        {
            return true;
        }

        using var patience = new CancellationTokenSource(_patience, _time);
        try
        {
            await _posts.PutAsync(post, patience.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception noRoom) when (noRoom is OperationCanceledException or QueueClosedException)
        {
            return false;
        }
    }
}
