using Sluice.Tubes.Assets;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Inputs;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes.Nodes;

/// <summary>Binds a specification to code and joins the nodes; adds the place to what the binding says is wrong.</summary>
internal sealed class TubeBuilder(TubeSpecification specification, INodeTypes types, TubeOptions options)
{
    private readonly TubeInputs _inputs = new(specification, options.Inputs);

    public Tube Build()
    {
        var assets = specification.Assets.Select(Asset).ToList();
        var nodes = specification.Nodes.Select(Node).ToList();
        var byId = nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            Wire(node, byId);
        }

        StoringCheck.Run(specification);
        var tube = new Tube(specification, _inputs, nodes, assets);

        // Compiled with every node, so that what cannot work is refused now and not when a node is enabled.
        _ = TubePlan.Compile(tube, [.. nodes.Select(_ => true)]);
        return tube;
    }

    private TubeNode Node(NodeSpecification node)
    {
        var parameters = InputReferences.Fill(node.Params, _inputs, node.ParamsPosition, node.Key("params"));
        var (kind, code) = node.Type switch
        {
            "gather" => (NodeKind.Gather, Bind(node, () => new GatherNode(parameters))),
            "map" => (NodeKind.Map, Bind(node, () => new MapNode(parameters))),
            "return" => (NodeKind.Return, Bind(node, () => new ReturnNode(parameters))),
            "tube" => (NodeKind.Plain, Bind(node, () => NestedTubeNode.Make(node, parameters, specification, _inputs, types, options))),
            _ => (NodeKind.Plain, Place(node, parameters, Guard(() => types.BindNode(node.Type, node.Id, parameters), node.TypePosition, node.Key(), node.Type))),
        };
        return new TubeNode(node, kind, code, IsEnabled(node));
    }

    private INodeCode Place(NodeSpecification node, IReadOnlyDictionary<string, object?> parameters, INodeCode code) => options.Placing is not { } placing
        ? code
        : Bind(node, () => placing.Place(new NodeToPlace(
            specification.Id, node, node.Placement ?? specification.Placement, parameters, node.Depends.Entries.Any(entry => entry.IsAsset), code)));

    private bool IsEnabled(NodeSpecification node)
    {
        if (node.Enabled.Input is not { } name)
        {
            return node.Enabled.Value;
        }

        return _inputs.TryTubeValue(name, out var value)
            ? Truth.Of(value)
            : throw new InputMissingException(
                $"{node.Position}: {node.Key("enabled")}: the input {name} has scope process, but whether a node takes part is decided when the tube is built; give it scope tube.");
    }

    private TubeAsset Asset(AssetSpecification asset)
    {
        var parameters = InputReferences.Fill(asset.Params, _inputs, asset.Position, $"assets.{asset.Id}.params");
        return new TubeAsset(asset, Guard(() => types.BindAsset(asset.Type, asset.Id, parameters), asset.TypePosition, $"assets.{asset.Id}", asset.Type), parameters);
    }

    private static INodeCode Bind(NodeSpecification node, Func<INodeCode> make)
    {
        try
        {
            return make();
        }
        catch (WiringException unfit)
        {
            throw new InvalidTubeException(node.TypePosition, node.Key(), unfit.Message, unfit);
        }
    }

    private static T Guard<T>(Func<T> make, SourcePosition position, string key, string type)
    {
        try
        {
            return make();
        }
        catch (UnknownNodeTypeException unknown)
        {
            // A name without a dot can only be an alias, so it is the tube that is wrong, not what is loaded.
            throw type.Contains('.', StringComparison.Ordinal)
                ? new UnknownNodeTypeException(unknown.Type, unknown.Nearest, $"{position}: {key}.type: {unknown.Message}", unknown)
                : new InvalidTubeException(position, key + ".type", unknown.Message, unknown);
        }
        catch (WiringException unfit)
        {
            throw new InvalidTubeException(position, key, unfit.Message, unfit);
        }
    }

    private static void Wire(TubeNode node, Dictionary<string, TubeNode> byId)
    {
        var wires = node.Specification.Depends.Entries.Select(entry => new InputWire(entry.Place, entry.Slot, SourceType(node, entry, byId))).ToList();
        try
        {
            node.Code.Wire(wires);
        }
        catch (WiringException unfit)
        {
            throw new InvalidTubeException(node.Specification.Position, node.Specification.Key(), unfit.Message, unfit);
        }
    }

    private static Type? SourceType(TubeNode node, DependencySpecification entry, Dictionary<string, TubeNode> byId)
    {
        if (entry.IsInput || entry.IsAsset)
        {
            return null;
        }

        var signals = byId[entry.Node].Code.Signals;
        var index = LooseName.IndexOf(signals, signal => signal.Name, entry.Signal);
        var type = index >= 0
            ? signals[index].Type
            : throw new InvalidTubeException(
                entry.Position,
                node.Specification.Key("depends"),
                $"{node.Id} depends on {entry}, but {entry.Node} has no signal {entry.Signal}. {Nearest.Hint(entry.Signal, [.. signals.Select(signal => signal.Name)])}");
        return type == typeof(object) ? null : type;
    }
}
