using Sluice.Actors.Tubes.Fusion;
using Sluice.Messages.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Travel;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>A node of a tube that runs on another member. Quick code is called in its turn, all other on threads of its own, so that it always answers.</summary>
internal sealed class HostedNode(INodeTypes types, HostNode wanted, IActorRef owner) : UntypedActor
{
    private readonly Dictionary<long, HostedCall> _calls = [];
    private readonly RunnerContext _context = new() { RunnerId = wanted.Runner, TubeId = wanted.Tube };
    private readonly Pace _pace = new();
    private INodeCode? _code;
    private long _callsToSkip = wanted.Calls;
    private bool _isInitialised;

    protected override void PreStart()
    {
        Context.Watch(owner);
        try
        {
            _code = types.BindNode(wanted.Type, wanted.Node, Params());
            _code.Wire([.. wanted.Wires.Select(wire => new InputWire(wire.Position, wire.Slot, null))]);
            owner.Tell(new NodeHosted(wanted.Hosting), Self);
        }
        catch (Exception refused)
        {
            // Whatever is wrong, the runner has bound the same type itself and must hear how this member differs.
            owner.Tell(new NodeRefused(wanted.Hosting, NodeFaults.Of(refused)), Self);
            Context.Stop(Self);
        }
    }

    protected override void PostStop()
    {
        foreach (var call in _calls.Values)
        {
            call.Cancel();
        }

        _ = ReleaseAsync();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case CallNode call when _code is not null:
                Begin(new HostedCall(_code, call, _context, Self));
                break;
            case HostedCall over:
                _calls.Remove(over.Number);
                Answer(over);
                break;
            case CancelNodeCall cancelled:
                _calls.GetValueOrDefault(cancelled.Call)?.Cancel();
                break;
            case InitNode:
                _isInitialised = true;
                _ = InitAsync().PipeTo(owner, Self);
                break;
            case DeinitNode:
                _isInitialised = false;
                _ = DeinitAsync().PipeTo(owner, Self);
                break;
            case ReleaseNode or Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Begin(HostedCall call)
    {
        if (!_pace.IsQuick)
        {
            _calls[call.Number] = call;
            NodeThreads.Shared.Run(call);
        }
        else if (call.TryWork())
        {
            Answer(call);
        }
        else
        {
            _calls[call.Number] = call;
        }
    }

    private void Answer(HostedCall over)
    {
        _pace.Measured(over.Taken);
        owner.Tell(over.Answer(wanted.Hosting), Self);
        over.Dispose();
    }

    private async Task<NodeInitialised> InitAsync()
    {
        try
        {
            await _code!.InitAsync(_context, CancellationToken.None).ConfigureAwait(false);
            var (results, call) = (new object?[_code.Signals.Count], new NodeCall(_context));
            for (; _callsToSkip > 0; _callsToSkip--)
            {
                await _code.CallAsync([], results, call).ConfigureAwait(false);
            }

            return new NodeInitialised(wanted.Hosting, null);
        }
        catch (Exception failure)
        {
            // The node's own, for the runner to judge.
            return new NodeInitialised(wanted.Hosting, NodeFaults.Of(failure));
        }
    }

    private async Task<NodeDeinitialised> DeinitAsync()
    {
        try
        {
            await _code!.DeinitAsync(CancellationToken.None).ConfigureAwait(false);
            return new NodeDeinitialised(wanted.Hosting, null);
        }
        catch (Exception failure)
        {
            // The node's own, for the runner to judge.
            return new NodeDeinitialised(wanted.Hosting, NodeFaults.Of(failure));
        }
    }

    /// <summary>Never fails: nobody is left to hear of it but the log.</summary>
    private async Task ReleaseAsync()
    {
        var log = Context.System.Log;
        try
        {
            if (_isInitialised)
            {
                await _code!.DeinitAsync(CancellationToken.None).ConfigureAwait(false);
            }

            if (_code is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            log.Warning("The node {0} of the tube {1} failed while it was released: {2}", wanted.Node, wanted.Tube, failure.Message);
        }
    }

    private Dictionary<string, object?> Params()
    {
        var pairs = new object?[wanted.Params.GetArrayLength()];
        ValueReader.Read(wanted.Params, pairs);
        return pairs.Chunk(2).ToDictionary(pair => (string)pair[0]!, pair => pair[1], StringComparer.Ordinal);
    }
}
