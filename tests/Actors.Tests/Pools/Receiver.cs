using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Sluice.Actors.Tests.Pools;

/// <summary>A web server on this machine that keeps every keyed line it accepts, and misbehaves as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly int _port;
    private readonly Lock _gate = new();
    private WebApplication? _app;
    private int _requests;

    private Receiver(int port) => _port = port;

    /// <summary>The keys accepted, in order of arrival, repeated ones too.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    /// <summary>The items accepted, in order of arrival.</summary>
    public ConcurrentQueue<string> Items { get; } = [];

    /// <summary>Requests of any kind.</summary>
    public int Requests => _requests;

    /// <summary>Decides about a request before anything is kept: true means that it has answered itself, and nothing is accepted.</summary>
    public Func<HttpContext, string[], Task<bool>>? Misbehave { get; set; }

    /// <summary>
    /// Looks at a request in the moment in which its items would be kept: false means that it has come too late, and nothing is accepted. What a process
    /// that was killed has left in a socket is read when it pleases the machine.
    /// </summary>
    public Func<HttpContext, bool> Accepts { get; set; } = _ => true;

    /// <summary>Gets its chance once a request's items are kept, before it is answered.</summary>
    public Action<HttpContext>? MisbehaveAfterwards { get; set; }

    public string Url => _app!.Urls.Single() + "/";

    public static async Task<Receiver> StartAsync(int port = 0)
    {
        var receiver = new Receiver(port);
        await receiver.OpenAsync();
        return receiver;
    }

    /// <summary>Waits until so many items were accepted.</summary>
    public Task Until(int items) => Deadline.Until(() => Items.Count >= items);

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            await app.StopAsync(now.Token);
            await app.DisposeAsync();
        }
    }

    private async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        var lines = body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (Misbehave is { } misbehave && await misbehave(context, lines))
        {
            return;
        }

        if (Keep(context, [.. lines.Select(line => JsonNode.Parse(line)!)]))
        {
            MisbehaveAfterwards?.Invoke(context);
        }
        else
        {
            context.Abort();
        }
    }

    // Requests may be read at the same time: a key and its item have the same place, and the items of a request lie side by side.
    private bool Keep(HttpContext context, JsonNode[] keyed)
    {
        lock (_gate)
        {
            if (!Accepts(context))
            {
                return false;
            }

            foreach (var one in keyed)
            {
                Keys.Enqueue((string)one["key"]!);
                Items.Enqueue(one["item"]!.ToJsonString());
            }

            return true;
        }
    }
}
