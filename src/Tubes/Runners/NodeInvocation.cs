using Sluice.Tubes.Assets;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>One call of one node: what goes in, what came out. Reused for the node's next call.</summary>
public sealed class NodeInvocation
{
    private readonly AssetStore _assets;
    private readonly object?[] _nodeAssets;

    internal NodeInvocation(PlanNode node, AssetStore assets, RunnerContext context)
    {
        _assets = assets;
        Node = node;
        Inputs = new object?[node.InputArray.Length];
        Results = new object?[node.SignalCount];
        _nodeAssets = node.NodeAssets.Count == 0 ? [] : new object?[node.NodeAssets.Count];
        Call = new NodeCall(context) { EventSource = CollectEvents };
    }

    /// <summary>The node.</summary>
    public PlanNode Node { get; }

    /// <summary>The state of the epoch that the call belongs to.</summary>
    public EpochFrame Frame { get; private set; } = null!;

    /// <summary>The epoch.</summary>
    public Epoch Epoch => Call.Epoch;

    /// <summary>What goes in, in the order of <c>depends</c>; <see cref="Absent.Value"/> where nothing came.</summary>
    public object?[] Inputs { get; }

    /// <summary>What came out, in the order of the signals.</summary>
    public object?[] Results { get; }

    /// <summary>What the node is told about the call.</summary>
    public NodeCall Call { get; }

    /// <summary>Calls the node, and tells those who watch.</summary>
    internal async ValueTask WatchedAsync(TubeRunner runner)
    {
        var watch = runner.Watching;
        var startedAt = watch.Start(Frame, Node);
        try
        {
            await runner.CallAsync(this).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            watch.Finish(this, failure, startedAt);
            throw;
        }

        watch.Finish(this, null, startedAt);
    }

    internal void Begin(ReadyNode ready, CancellationToken cancellationToken)
    {
        Frame = ready.Frame;
        Call.Begin(ready.Frame.Epoch, cancellationToken);
    }

    internal void Begin(EpochFrame frame, CancellationToken cancellationToken)
    {
        Frame = frame;
        Call.Begin(frame.Epoch, cancellationToken);
    }

    /// <summary>Calls may be made without <see cref="Begin(EpochFrame, CancellationToken)"/> from now on; should they be judged, it is by this token.</summary>
    internal void Expect(CancellationToken cancellationToken) => Call.Begin(Call.Epoch, cancellationToken);

    /// <summary>What comes in on one entry of <c>depends</c>.</summary>
    internal object? Value(int input) => Value(Node.InputArray[input]);

    /// <summary>The same call, from now on in another state of the same epoch that holds the same values.</summary>
    internal void MoveTo(EpochFrame frame) => Frame = frame;

    /// <summary>Takes the inputs from the epoch and those around it.</summary>
    internal void Collect()
    {
        var inputs = Node.InputArray;
        for (var index = 0; index < inputs.Length; index++)
        {
            Inputs[index] = Value(inputs[index]);
        }
    }

    internal async ValueTask CreateAssetsAsync(CancellationToken cancellationToken)
    {
        for (var index = 0; index < _nodeAssets.Length; index++)
        {
            _nodeAssets[index] = Absent.Value;
        }

        for (var index = 0; index < _nodeAssets.Length; index++)
        {
            _nodeAssets[index] = await _assets.CreateAsync(Node.NodeAssets[index], cancellationToken).ConfigureAwait(false);
        }
    }

    internal async ValueTask ReleaseAssetsAsync(List<Exception> failures)
    {
        for (var index = 0; index < _nodeAssets.Length; index++)
        {
            if (!ReferenceEquals(_nodeAssets[index], Absent.Value))
            {
                await _assets.ReleaseAsync(Node.NodeAssets[index], _nodeAssets[index], failures).ConfigureAwait(false);
                _nodeAssets[index] = Absent.Value;
            }
        }
    }

    /// <summary>Keeps what reached the return node for the result of the process call.</summary>
    internal void CollectReturn()
    {
        var collector = Frame.Root.Return;
        for (var wire = 0; wire < Inputs.Length; wire++)
        {
            var input = Node.InputArray[wire];
            var of = input.Kind == SourceKind.Signal ? Home(input.Index).Epoch : Frame.Root.Epoch;
            collector?.Add(Frame.Epoch, wire, of, Inputs[wire]);
        }
    }

    private object? Value(in PlanInput input)
    {
        switch (input.Kind)
        {
            case SourceKind.Signal:
                ref readonly var cell = ref Home(input.Index).Cells[input.Index];
                return cell.State == SignalState.Present || (Node.Kind == NodeKind.Return && ReferenceEquals(cell.Value, NoEvent.Value))
                    ? cell.Value
                    : Absent.Value;
            case SourceKind.Input:
                return Frame.Root.Inputs[input.Index];
            case SourceKind.Asset:
                return Asset(input.Index);
            default:
                return Absent.Value;
        }
    }

    private object? Asset(int asset)
    {
        for (var index = 0; index < _nodeAssets.Length; index++)
        {
            if (Node.NodeAssets[index] == asset)
            {
                return _nodeAssets[index];
            }
        }

        return _assets.Get(asset, Frame.Root);
    }

    private EpochFrame Home(int signal)
    {
        if (Frame.Parent is null)
        {
            return Frame;
        }

        var source = Frame.Plan.SignalArray[signal];
        return Node.Kind == NodeKind.Return && GathersHere(source) ? Frame : Frame.HomeOf(source.Home!);
    }

    /// <summary>A return node in an element sees that the gather gave nothing there, rather than the list around it.</summary>
    private bool GathersHere(PlanSignal source) =>
        Frame.Plan.NodeArray[source.Node] is { Kind: NodeKind.Gather, Level: { } level } && level == Frame.Level
        && (Frame.Cells[source.Index].IsEmitted || (Node.Gather == source.Node && Frame.Level.Depth > Node.Depth));

    private Dictionary<string, TubeEvent> CollectEvents()
    {
        var events = new Dictionary<string, TubeEvent>(StringComparer.Ordinal);
        foreach (var input in Node.InputArray)
        {
            if (input.Kind == SourceKind.Signal && Home(input.Index) is var home && home.Cells[input.Index].IsEmitted)
            {
                events[input.Name] = home.Event(input.Index);
            }
        }

        return events;
    }
}
