using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Inputs;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;
using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Nodes;

/// <summary>A tube inside a tube. Each init builds the child anew, so that its state begins again; each call is one epoch of the child.</summary>
internal sealed class NestedTubeNode : SpecialNode, IAsyncDisposable
{
    private readonly string _id;
    private readonly TubeSpecification _child;
    private readonly Func<Tube> _build;
    private Tube? _prepared;
    private string[] _slotOfWire = [];
    private SyncRunner? _runner;
    private readonly bool _returnsNamed;

    private NestedTubeNode(string id, TubeSpecification child, Func<Tube> build)
        : base(SlotsOf(child), SignalsOf(child))
    {
        _id = id;
        _child = child;
        _build = build;
        _returnsNamed = NamedReturns(child).Count > 0;
        try
        {
            // Built once now, so that what is wrong in the child is known when the parent is loaded.
            _prepared = build();
        }
        catch (InputMissingException)
        {
            // The child's inputs are only needed when it starts; then the error comes out.
        }
    }

    public override bool IsStateful => true;

    /// <summary>The child's specification.</summary>
    public TubeSpecification Child => _child;

    /// <summary>The child as it was built when the parent was loaded; null once it runs, or when inputs were missing.</summary>
    public Tube? Preview => _prepared;

    public static NestedTubeNode Make(
        NodeSpecification node,
        IReadOnlyDictionary<string, object?> parameters,
        TubeSpecification parent,
        TubeInputs inputs,
        INodeTypes types,
        TubeOptions options)
    {
        var child = ChildOf(node, parameters, options);
        IReadOnlyList<string> around = [.. options.Around, parent.Id];
        if (around.Contains(child.Id))
        {
            throw new WiringException($"a tube cannot contain itself: {string.Join(" -> ", around.Append(child.Id))}.");
        }

        var given = inputs.TubeValues().Concat(parameters.Where(pair => pair.Key != "tube"))
            .Where(pair => child.Inputs.Any(input => input.Id == pair.Key))
            .GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Last().Value);
        return new NestedTubeNode(node.Id, child, () => Tube.Build(child, types, options with { Inputs = given, Around = around, Placing = null }));
    }

    public override void Wire(IReadOnlyList<InputWire> wires)
    {
        _slotOfWire = [.. wires.Select(wire => Slots[SlotOf(wire)].Name)];
        var missing = _child.Inputs.FirstOrDefault(input =>
            input is { Scope: InputScope.Process, Required: true, HasDefault: false } && !_slotOfWire.Contains(input.Id)
            && _prepared?.Inputs.HasValue(input.Id) != true);
        if (missing is not null)
        {
            throw new WiringException($"the slot {missing.Id} is not given: the tube {_child.Id} needs it as an input; add it to depends.");
        }
    }

    public override async ValueTask InitAsync(RunnerContext context, CancellationToken cancellationToken)
    {
        var tube = _prepared ?? _build();
        _prepared = null;
        _runner = new SyncRunner(tube, new RunnerOptions { Time = context.Time, Warn = _ => { } })
        {
            Outer = context.Events is { } events ? (events, _id) : null,
        };
        if (context.Watching is { } outer)
        {
            _runner.Watching.Inside(outer, _id);
        }

        await _runner.InitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DeinitAsync(CancellationToken cancellationToken)
    {
        if (_runner is { } runner)
        {
            _runner = null;
            try
            {
                await runner.DeinitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await runner.Tube.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await DeinitAsync(CancellationToken.None).ConfigureAwait(false);
        if (_prepared is { } prepared)
        {
            _prepared = null;
            await prepared.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override async ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        var runner = _runner ?? throw new TubeException($"The tube node {_id} was called before it was initialised; call Init first.");
        var given = new Dictionary<string, object?>(inputs.Length, StringComparer.Ordinal);
        for (var index = 0; index < inputs.Length; index++)
        {
            if (!ReferenceEquals(inputs[index], Absent.Value))
            {
                given[_slotOfWire[index]] = inputs[index];
            }
        }

        Share(await runner.ProcessAsync(given, call.CancellationToken).ConfigureAwait(false), results);
    }

    private void Share(object? result, object?[] results)
    {
        if (!_returnsNamed || result is null)
        {
            Array.Fill(results, result ?? NoEvent.Value);
            return;
        }

        var named = result as IReadOnlyDictionary<string, object?> ?? (IReadOnlyDictionary<string, object?>)((object?[])result)[1]!;
        for (var index = 0; index < results.Length; index++)
        {
            results[index] = named.TryGetValue(Signals[index].Name, out var value) ? value : NoEvent.Value;
        }
    }

    private static TubeSpecification ChildOf(NodeSpecification node, IReadOnlyDictionary<string, object?> parameters, TubeOptions options)
    {
        switch (parameters.GetValueOrDefault("tube"))
        {
            case string name:
                try
                {
                    return (options.Library ?? new TubeLibrary([])).Load(name, node.ParamsPosition);
                }
                catch (UnknownTubeException unknown)
                {
                    throw new WiringException(unknown.Message, unknown);
                }

            case IReadOnlyDictionary<string, object?> inline:
                return TubeReader.FromSource((SourceMap)SourceNode.From(inline, node.ParamsPosition), options.Library);
            default:
                throw new WiringException("the param tube is missing; write the id or file of a tube, or a tube itself.");
        }
    }

    private static List<Slot> SlotsOf(TubeSpecification child) => [.. child.Inputs
        .Where(input => input.Scope == InputScope.Process)
        .Select(input => new Slot(input.Id, typeof(object), true))];

    private static List<Signal> SignalsOf(TubeSpecification child)
    {
        var named = NamedReturns(child);
        return named.Count == 0 ? [new Signal("value", typeof(object))] : named.ConvertAll(name => new Signal(name, typeof(object)));
    }

    private static List<string> NamedReturns(TubeSpecification child) => child.Nodes.FirstOrDefault(node => node.Type == "return") is { } last
        ? [.. last.Depends.Entries.Where(entry => entry.Slot is not null).Select(entry => entry.Slot!)]
        : [];
}
