using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sluice.Actors.Tubes.Fusion;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>
/// One call of a node, on its way: the message to the node's actor, and back to the runner's. Reused for later calls of the node.
/// While it is out, it belongs to whoever carries the call out.
/// </summary>
internal sealed class NodeTask : IThreadWork, IDeadLetterSuppression
{
    private readonly CallBook _book;
    private readonly INodeCode? _plain;

    public NodeTask(NodeLane lane, CallBook book)
    {
        Lane = lane;
        _book = book;
        Call = book.NewCall(lane.Node);
        _plain = lane.Node.NodeAssets.Count == 0 ? lane.Node.Code : null;
    }

    public NodeLane Lane { get; }

    public NodeInvocation Call { get; }

    /// <summary>The epoch; none while it is on the express line or spare.</summary>
    public EpochInFlight Epoch { get; set; } = null!;

    /// <summary>What the call failed with; null when it did not.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Somebody listens, who shall hear of the node's calls in their order: it is booked after those handed out before it.</summary>
    public bool IsInOrder { get; set; }

    /// <summary>It has come back, and waits for those before it.</summary>
    public bool IsBack { get; set; }

    /// <summary>How often it has been repeated.</summary>
    public int Repeats { get; set; }

    /// <summary>How long the caller's thread was taken up; zero when that was not measured.</summary>
    public TimeSpan Taken { get; private set; }

    /// <summary>Whether the error is the node's own: not the end of a source, and not its answer to being cancelled.</summary>
    public bool IsFailure =>
        Error is not null and not EndOfSourceException
        && !(Error is OperationCanceledException && Call.Call.CancellationToken.IsCancellationRequested);

    /// <summary>Calls the node. False when the call goes on; then it comes back by itself, as a message.</summary>
    public bool TryCall(bool isMeasured)
    {
        Error = null;
        var started = isMeasured ? Stopwatch.GetTimestamp() : 0;
        var begun = _plain is null ? 0 : _book.Begins(Call);
        try
        {
            var call = _plain is null ? _book.CallAsync(Call) : _plain.CallAsync(Call.Inputs, Call.Results, Call.Call);
            Taken = isMeasured ? Stopwatch.GetElapsedTime(started) : TimeSpan.Zero;
            if (!call.IsCompleted)
            {
                _ = AwaitAsync(call, begun);
                return false;
            }

            call.GetAwaiter().GetResult();
        }
        catch (Exception failure)
        {
            // Whatever a node throws is the runner's to judge.
            Error = failure;
            Taken = isMeasured ? Stopwatch.GetElapsedTime(started) : TimeSpan.Zero;
        }

        Ends(begun);
        return true;
    }

    /// <summary>The call was made elsewhere, and failed.</summary>
    public void Fail(Exception failure) => (Error, Taken) = (failure, TimeSpan.Zero);

    /// <summary>The call was made elsewhere, and gave this.</summary>
    public void Give(object?[] results)
    {
        (Error, Taken) = (null, TimeSpan.Zero);
        results.CopyTo(Call.Results, 0);
    }

    /// <inheritdoc/>
    public void Work()
    {
        if (TryCall(isMeasured: true))
        {
            Answer();
        }
    }

    /// <summary>Sends it back: a failure of the node by way of the node's actor, whose supervisor the runner is.</summary>
    public void Answer()
    {
        if (IsFailure)
        {
            Lane.Actor.Tell(new CallFailed(this), Lane.Runner);
        }
        else
        {
            Lane.Runner.Tell(this, Lane.Actor);
        }
    }

    public void Forget()
    {
        Epoch = null!;
        Error = null;
        Repeats = 0;
        IsInOrder = false;
        IsBack = false;
        Taken = TimeSpan.Zero;
    }

    /// <summary>For reports of what actors were told. Not in which epoch: by the time somebody reads it the task may be another call.</summary>
    public override string ToString() => $"call of {Lane.Node.Id}";

    /// <summary>Never fails: what the call fails with goes back with it.</summary>
    private async Task AwaitAsync(ValueTask call, long begun)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Error = failure;
        }

        Ends(begun);
        Answer();
    }

    // Where it is not plain, who calls it tells those who watch.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ends(long begun)
    {
        if (_plain is not null)
        {
            _book.Ends(Call, Error, begun);
        }
    }
}
