using System.Diagnostics;
using System.Text.Json;
using Sluice.Actors.Tubes.Fusion;
using Sluice.Messages.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Travel;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>One call of a hosted node. While it goes on it belongs to the thread that makes it; then it comes back to the node's actor as a message.</summary>
internal sealed class HostedCall(INodeCode code, CallNode wanted, RunnerContext context, IActorRef node) : IThreadWork, IDeadLetterSuppression, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private JsonElement _results;
    private NodeFault? _fault;

    public long Number => wanted.Call;

    /// <summary>How long the caller's thread was taken up.</summary>
    public TimeSpan Taken { get; private set; }

    /// <inheritdoc/>
    public void Work() => _ = ComeBackAsync(CallAsync());

    /// <summary>Makes the call here; false when it goes on, and comes back by itself.</summary>
    public bool TryWork()
    {
        var call = CallAsync();
        if (call.IsCompleted)
        {
            return true;
        }

        _ = ComeBackAsync(call);
        return false;
    }

    public void Cancel() => _cancellation.Cancel();

    public object Answer(long hosting) => _fault is { } fault ? new NodeThrew(hosting, Number, fault) : new NodeReturned(hosting, Number, _results);

    public void Dispose() => _cancellation.Dispose();

    /// <summary>Never fails: what the call fails with goes back with it.</summary>
    private async Task CallAsync()
    {
        try
        {
            var inputs = new object?[wanted.Inputs.GetArrayLength()];
            var results = new object?[code.Signals.Count];
            ValueReader.Read(wanted.Inputs, inputs, code.ValueTypes);
            var call = new NodeCall(context);
            call.Begin(Epoch.Parse(wanted.Epoch), _cancellation.Token);
            var started = Stopwatch.GetTimestamp();
            var pending = code.CallAsync(inputs, results, call);
            Taken = Stopwatch.GetElapsedTime(started);
            await pending.ConfigureAwait(false);
            if (!ValueWriter.TryWrite(results, code.ValueTypes, out _results, out var obstacle))
            {
                _fault = new NodeFault("", obstacle ?? "", null, CannotTravel: true);
            }
        }
        catch (Exception failure)
        {
            // The node's own, for the runner to judge.
            _fault = NodeFaults.Of(failure);
        }
    }

    private async Task ComeBackAsync(Task call)
    {
        await call.ConfigureAwait(false);
        node.Tell(this, ActorRefs.NoSender);
    }
}
