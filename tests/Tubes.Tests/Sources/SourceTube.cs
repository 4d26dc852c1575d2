using System.Collections.Concurrent;
using System.Net;
using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Tests.Sources;

/// <summary>A tube of a source node and a return node, on a runner that is watched.</summary>
internal sealed class SourceTube : TubeInstrument, IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _hooks = [];
    private readonly TaskCompletionSource<IPEndPoint> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InstrumentScope _scope;
    private readonly Tube _tube;

    private SourceTube(string node, string returns)
    {
        _scope = Enter();
        _tube = Tube.Build(
            TubeReader.FromYaml($"tube: lines\nnodes:\n  in: {node}\n  r: {{ type: return, depends: {returns} }}\n"),
            new NodeTypes([]));
        Runner = new SyncRunner(_tube);
    }

    public SyncRunner Runner { get; }

    /// <summary>The same, of a source that was started again.</summary>
    public IPEndPoint LatestAddress { get; private set; } = null!;

    public TlsHandshake? Handshake { get; private set; }

    /// <summary>Which hooks of sockets have fired, each once.</summary>
    public IReadOnlySet<string> Seen => _hooks.ToHashSet();

    public static async Task<SourceTube> StartAsync(string node, string returns)
    {
        var tube = new SourceTube(node, returns);
        try
        {
            await tube.Runner.InitAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch
        {
            await tube.DisposeAsync();
            throw;
        }

        return tube;
    }

    /// <summary>Where the source listens, whatever port it was given.</summary>
    public Task<IPEndPoint> Address => _address.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public async Task<string?> NextAsync() => (string?)await Runner.ProcessAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async Task HookAsync(string hook)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!Seen.Contains(hook))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        await _tube.DisposeAsync();
        _scope.Dispose();
    }

    public override void OnSocketAcceptStart(in AcceptStarted accept)
    {
        LatestAddress = IPEndPoint.Parse(accept.Listener.Name);
        _address.TrySetResult(LatestAddress);
    }

    public override void OnSocketConnectReady(in Connected connected) => _hooks.Enqueue("connect");

    public override void OnSocketAcceptReady(in Accepted accepted) => _hooks.Enqueue("accept");

    public override void OnSocketRecvData(in SocketBytes received) => _hooks.Enqueue("receive");

    public override void OnSocketSendData(in SocketBytes sent) => _hooks.Enqueue("send");

    public override void OnSocketClose(in SocketClosed closed) => _hooks.Enqueue("close");

    public override void OnTlsHandshakeComplete(in TlsHandshake handshake)
    {
        Handshake = handshake;
        _hooks.Enqueue("handshake");
    }
}
