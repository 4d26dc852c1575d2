using System.Runtime.CompilerServices;
using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Watching;

/// <summary>
/// Tells instruments what a runner does. Those that are active where the runner is made or initialised watch it; with none, whoever has
/// something to tell pays for one look at <see cref="TubeWatchers.IsOn"/>.
/// </summary>
/// <remarks>As a source it is the tube, by its id; a nested tube by its place, <c>outer/node</c>.</remarks>
internal sealed class TubeWatch : TubeWatchers, IInstrumented
{
    private const InstrumentHooks Finished = InstrumentHooks.NodeFinish | InstrumentHooks.NodeCalls;

    private readonly Tube _tube;
    private readonly TimeProvider _time;
    private readonly WatchedNode[] _nodes;
    private WatchedNode? _around;
    private readonly CallCounts _counts;
    private readonly RunBeginning _beginning;
    private Exception? _fault;
    private long _startedAt;

    public TubeWatch(Tube tube, TimeProvider time)
    {
        (_tube, _time) = (tube, time);
        _nodes = [.. tube.Nodes.Select(node => new WatchedNode(this, node.Id))];
        _counts = new CallCounts(this, _nodes);
        _beginning = new RunBeginning(this);
    }

    /// <summary>The nodes as instruments see them, by their numbers.</summary>
    public WatchedNode[] Nodes => _nodes;

    public string Name => _around is null ? _tube.Id : $"{_around.Parent.Name}/{_around.Name}";

    public string Kind => "tube";

    public IInstrumented? Parent => _around;

    /// <summary>The tube is a node of another: who watches that one watches this one too.</summary>
    public void Inside(TubeWatch outer, string node)
    {
        _around = Array.Find(outer._nodes, known => known.Name == node);
        Follow(outer);
    }

    /// <summary>
    /// Those who watch what carries the run out watch the run too. It is carried out later than it began: until its first epoch they are told of
    /// that when they join.
    /// </summary>
    public void Join(CompositeInstrument? watchers)
    {
        foreach (var scope in watchers?.Scopes ?? [])
        {
            if (Watchers?.Scopes.Contains(scope) is not true)
            {
                Add(scope);
                if (_beginning.IsFresh)
                {
                    var late = CompositeInstrument.With(null, scope);
                    _startedAt = _startedAt == 0 ? Now(late) : _startedAt;
                    _beginning.Tell(late);
                }
            }
        }

        _beginning.End();
    }

    /// <summary>A run begins, watched by those who are active here, before those who were active where the runner was made or have joined it.</summary>
    public void RunStart()
    {
        AddActive();
        _fault = null;
        _startedAt = 0;
        _beginning.Begin();
        if (Watchers is { } watching)
        {
            _startedAt = Now(watching);
            watching.OnRunStart(new RunStarted(this));
        }
    }

    /// <summary>A run is over: with a failure of its own, or with that of its last epoch.</summary>
    public void RunEnd(Exception? fault)
    {
        _beginning.End();
        if (Watchers is { } watching)
        {
            TellCalls(watching);
            watching.OnRunEnd(new RunEnded(this, fault ?? _fault, Since(_startedAt)));
        }
    }

    public void Registered(int node)
    {
        _beginning.Registered(_nodes[node]);
        Watchers?.OnNodeRegistered(new NodeChanged(this, _nodes[node]));
    }

    public void Switched(int node, bool isEnabled)
    {
        var change = new NodeChanged(this, _nodes[node]);
        if (isEnabled)
        {
            Watchers?.OnNodeEnabled(change);
        }
        else
        {
            Watchers?.OnNodeDisabled(change);
        }
    }

    public void EpochStart(EpochFrame frame)
    {
        if (Watchers is { } watching)
        {
            _fault = null;
            frame.StartedAt = 0;
            if (watching.Sees(InstrumentHooks.EpochStart | InstrumentHooks.Timing))
            {
                frame.StartedAt = Now(watching);
                var epoch = frame.Epoch;
                watching.OnEpochStart(new EpochEvent(this, ItemView.Of(in epoch)));
            }
        }
    }

    public void EpochEnd(EpochFrame frame, Exception? fault)
    {
        if (Watchers is not { } watching)
        {
            return;
        }

        if (frame.Parent is null)
        {
            TellCalls(watching);
        }

        if (watching.Sees(InstrumentHooks.EpochEnd))
        {
            var epoch = frame.Epoch;
            watching.OnEpochEnd(new EpochEvent(this, ItemView.Of(in epoch), FaultOf(fault), Since(frame.StartedAt)));
        }

        if (frame.Parent is null && watching.HasEnded)
        {
            // Those who watched may have left; once all have, the run goes on as if nobody had ever looked.
            Forget();
        }
    }

    /// <summary>What the run ends with unless another epoch begins.</summary>
    public void Failed(Exception? fault) => _fault = FaultOf(fault);

    public void Ready(EpochFrame frame, PlanNode node)
    {
        var epoch = frame.Epoch;
        Watchers?.OnNodeReady(new NodeTurn(this, _nodes[node.Index], ItemView.Of(in epoch)));
    }

    /// <summary>A call begins; gives when, to be given back with its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Start(EpochFrame frame, PlanNode node) =>
        Watchers is { } watching && watching.Sees(InstrumentHooks.NodeStart | InstrumentHooks.Timing) ? Start(watching, frame, node) : 0;

    /// <summary>A call has ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(NodeInvocation call, Exception? failure, long startedAt)
    {
        if (Watchers is { } watching && watching.Sees(failure is null ? Finished : Finished | InstrumentHooks.NodeError))
        {
            Finish(watching, call, failure, startedAt);
        }
    }

    /// <summary>Counts a call that <see cref="Finish(NodeInvocation, Exception?, long)"/> was not told of.</summary>
    public void Count(int node) => _counts.Add(node);

    public void Emitted(Epoch epoch, PlanSignal signal, object? value)
    {
        var node = _nodes[signal.Node];
        if (ReferenceEquals(value, NoEvent.Value))
        {
            Watchers?.OnNodeNoEvent(new NodeSignal(this, node, ItemView.Of(in epoch), signal.Name));
        }
        else
        {
            Watchers?.OnNodeEmitted(new NodeSignal(this, node, ItemView.Of(in epoch), signal.Name, ItemView.Of(in value)));
        }
    }

    /// <summary>A call has failed. The end of a source and the answer to a cancellation are no failures.</summary>
    public void Failed(
        CompositeInstrument watching, int node, Epoch epoch, Exception failure, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var isFault = failure is not EndOfSourceException && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested);
        var turn = new NodeTurn(this, _nodes[node], ItemView.Of(in epoch), isFault ? failure : null, elapsed);
        if (isFault)
        {
            watching.OnNodeError(turn);
        }

        watching.OnNodeFinish(turn);
    }

    public void Stalled(EpochFrame frame, PlanNode node, string slot)
    {
        var epoch = frame.Epoch;
        Watchers?.OnNodeStalled(new NodeWaiting(this, _nodes[node.Index], ItemView.Of(in epoch), slot));
    }

    public void Made(TubeAsset asset, object? value)
    {
        if (asset.Specification.Scope is AssetScope.Runner && _beginning.IsFresh)
        {
            _beginning.Made(Event(asset, value));
        }

        Watchers?.OnAssetMade(Event(asset, value));
    }

    public void Released(TubeAsset asset, object? value) => Watchers?.OnAssetReleased(Event(asset, value));

    private void TellCalls(CompositeInstrument watching)
    {
        if (watching.Sees(InstrumentHooks.NodeCalls))
        {
            _counts.Tell(watching);
        }
    }

    private long Start(CompositeInstrument watching, EpochFrame frame, PlanNode node)
    {
        var epoch = frame.Epoch;
        watching.OnNodeStart(new NodeTurn(this, _nodes[node.Index], ItemView.Of(in epoch)));
        return Now(watching);
    }

    private void Finish(CompositeInstrument watching, NodeInvocation call, Exception? failure, long startedAt)
    {
        if (watching.Sees(InstrumentHooks.NodeCalls))
        {
            _counts.Add(call.Node.Index);
        }

        var epoch = call.Epoch;
        if (failure is null)
        {
            watching.OnNodeFinish(new NodeTurn(this, _nodes[call.Node.Index], ItemView.Of(in epoch), null, Since(startedAt)));
            return;
        }

        Failed(watching, call.Node.Index, epoch, failure, Since(startedAt), call.Call.CancellationToken);
    }

    // That a source has no more is how runs end.
    private static Exception? FaultOf(Exception? end) => end is EndOfSourceException ? null : end;

    private AssetEvent Event(TubeAsset asset, object? value) => new(this, asset.Id, asset.Specification.Scope.ToString().ToLowerInvariant(), value);

    private long Now(CompositeInstrument watching) => watching.NeedsTiming ? _time.GetTimestamp() : 0;

    private TimeSpan Since(long startedAt) => startedAt == 0 ? TimeSpan.Zero : _time.GetElapsedTime(startedAt);
}
