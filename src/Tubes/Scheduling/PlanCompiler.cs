using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Scheduling;

/// <summary>Turns names into numbers, finds who can never run, and how deep inside maps everything runs.</summary>
internal sealed class PlanCompiler(Tube tube, IReadOnlyList<bool> enabled)
{
    private readonly Dictionary<string, int> _nodes = tube.Nodes.Select((node, index) => (node.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
    private readonly Dictionary<string, int> _assets = tube.Assets.Select((asset, index) => (asset.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index);
    private readonly int[] _firstSignal = new int[tube.Nodes.Count];
    private readonly List<PlanSignal> _signals = [];
    private readonly PlanNode?[] _built = new PlanNode?[tube.Nodes.Count];
    private readonly PlanLevel?[] _opens = new PlanLevel?[tube.Nodes.Count];
    private readonly PlanLevel _root = new(null, -1);

    public TubePlan Compile()
    {
        for (var index = 0; index < tube.Nodes.Count; index++)
        {
            _firstSignal[index] = _signals.Count;
            foreach (var signal in tube.Nodes[index].Code.Signals)
            {
                _signals.Add(new PlanSignal(_signals.Count, index, signal.Name));
            }
        }

        var nodes = Enumerable.Range(0, tube.Nodes.Count).Select(Node).ToArray();
        foreach (var signal in _signals)
        {
            signal.Dependents = [.. nodes.Where(node => !node.IsDead).SelectMany(node => node.Inputs
                .Where(input => input.Kind == SourceKind.Signal && input.Index == signal.Index)
                .Select(input => new PlanEdge(node.Index, input.Required)))];
        }

        foreach (var level in _opens.OfType<PlanLevel>().Prepend(_root))
        {
            Fill(level, nodes);
        }

        return new TubePlan(tube, nodes, [.. _signals], _root, _opens);
    }

    private PlanNode Node(int index)
    {
        if (_built[index] is { } done)
        {
            return done;
        }

        var node = tube.Nodes[index];
        var inputs = node.Specification.Depends.Entries.Select(entry => Input(node, entry)).ToArray();
        var dead = !enabled[index] || inputs.Any(input => input.Kind == SourceKind.Never && (input.Required || node.Kind == NodeKind.Return));
        var built = new PlanNode
        {
            Index = index,
            Id = node.Id,
            Kind = node.Kind,
            Code = node.Code,
            Inputs = inputs,
            InputArray = inputs,
            HasOptionalInput = inputs.Any(input => !input.Required),
            FirstSignal = _firstSignal[index],
            SignalCount = node.Code.Signals.Count,
            IsStateful = node.IsStateful,
            WaitsForEarlierEpochs = Uses(inputs, AssetScope.Runner).Any(),
            SharedAssets = [.. Uses(inputs, AssetScope.Runner), .. Uses(inputs, AssetScope.Process)],
            IsDead = dead,
            OnError = node.Specification.OnError ?? tube.Specification.OnError,
            NodeAssets = [.. Uses(inputs, AssetScope.Node)],
            Level = dead ? null : Level(node, inputs),
            Gather = node.Kind == NodeKind.Return && !dead ? GatherOf(inputs) : -1,
        };
        _built[index] = built;
        Place(built);
        return built;
    }

    private IEnumerable<int> Uses(PlanInput[] inputs, AssetScope scope) => inputs
        .Where(input => input.Kind == SourceKind.Asset && tube.Assets[input.Index].Specification.Scope == scope)
        .Select(input => input.Index)
        .Distinct();

    private PlanInput Input(TubeNode node, DependencySpecification entry)
    {
        var required = IsRequired(node, entry);
        var name = entry.Slot ?? entry.Place?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
        if (entry.IsInput)
        {
            return new PlanInput(SourceKind.Input, tube.Inputs.IndexOf(entry.Signal), required, name);
        }

        if (entry.IsAsset)
        {
            return new PlanInput(SourceKind.Asset, _assets[entry.Signal], required, name);
        }

        var source = Node(_nodes[entry.Node]);
        var signal = source.FirstSignal + LooseName.IndexOf(source.Code.Signals, known => known.Name, entry.Signal);
        return source.IsDead ? new PlanInput(SourceKind.Never, -1, required, name) : new PlanInput(SourceKind.Signal, signal, required, name);
    }

    private int GatherOf(PlanInput[] inputs)
    {
        foreach (var input in inputs.Where(input => input is { Kind: SourceKind.Signal, Required: false }))
        {
            var source = _signals[input.Index].Node;
            if (_built[source] is { Kind: NodeKind.Gather, Level: { } level } && level != _signals[input.Index].Home)
            {
                return source;
            }
        }

        return -1;
    }

    private static bool IsRequired(TubeNode node, DependencySpecification entry)
    {
        if (entry.Slot is null)
        {
            return true;
        }

        var slots = node.Code.Slots.Where(slot => slot.Kind == SlotKind.Named).ToList();
        var slot = LooseName.IndexOf(slots, slot => slot.Name, entry.Slot);
        return slot >= 0 ? slots[slot].Required : node.Code.Slots.All(rest => rest.Kind != SlotKind.KeywordRest);
    }

    private PlanLevel Level(TubeNode node, PlanInput[] inputs)
    {
        var deepest = _root;
        foreach (var input in inputs.Where(input => input.Kind == SourceKind.Signal))
        {
            var home = _signals[input.Index].Home!;
            if (home.IsWithin(deepest))
            {
                deepest = home;
            }
            else if (!deepest.IsWithin(home))
            {
                var (one, other) = (tube.Nodes[deepest.Map].Id, tube.Nodes[home.Map].Id);
                throw new InvalidTubeException(
                    node.Specification.Depends.Position,
                    node.Specification.Key("depends"),
                    $"{node.Id} depends on elements of two maps, {one} and {other}, which do not belong together; gather one of them first.");
            }
        }

        return deepest;
    }

    private void Place(PlanNode node)
    {
        if (node.Level is null)
        {
            return;
        }

        _opens[node.Index] = node.Kind == NodeKind.Map ? new PlanLevel(node.Level, node.Index) : null;
        for (var signal = 0; signal < node.SignalCount; signal++)
        {
            _signals[node.FirstSignal + signal].Home = node.Kind switch
            {
                NodeKind.Map when signal == 0 => _opens[node.Index],
                NodeKind.Gather => node.Level.Parent ?? node.Level,
                _ => node.Level,
            };
        }
    }

    private void Fill(PlanLevel level, PlanNode[] nodes)
    {
        level.Subtree = [.. nodes.Where(node => node.Level?.IsWithin(level) == true).Select(node => node.Index)];
        level.Own = [.. nodes.Where(node => node.Level == level).Select(node => node.Index)];
        level.Marks = new NodeMark[nodes.Length];
        foreach (var index in level.Subtree)
        {
            level.Marks[index].Pending = nodes[index].Inputs.Count(input => input.Kind == SourceKind.Signal);
            level.Marks[index].State = nodes[index].Level == level ? NodeState.Waiting : NodeState.Below;
        }

        level.Inherited = [.. _signals
            .Where(signal => signal.Home is { } home && home != level && level.IsWithin(home))
            .Where(signal => signal.Dependents.Any(edge => level.Subtree.Contains(edge.Node)))
            .Select(signal => signal.Index)];
    }
}
