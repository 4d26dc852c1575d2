using System.Linq.Expressions;
using System.Reflection;
using Sluice.Tubes.Binding.Resolution;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Travel;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>A node whose code is a C# method, static or of an object made from the node's params.</summary>
internal sealed class MethodNode : IInlineCode, IAsyncDisposable
{
    private readonly string _nodeId;
    private readonly MethodInfo _method;
    private readonly object? _instance;
    private readonly ResultShape _shape;
    private readonly IReadOnlyList<ProcessParameter> _parameters;
    private readonly WireMap _map;
    private readonly Lifecycle _init;
    private readonly Lifecycle _deinit;
    private IReadOnlyList<InputWire> _wires = [];
    private ICallCode? _code;
    private RunnerContext? _context;

    public MethodNode(NodeTarget target, string nodeId, IReadOnlyDictionary<string, object?> parameters, bool isFactory = false)
    {
        var left = new Dictionary<string, object?>(parameters);
        _nodeId = nodeId;
        _method = target.Method ?? ProcessMethods.Of(target.Type);
        if (_method.ContainsGenericParameters)
        {
            throw new WiringException($"{target} is generic: a tube cannot say what its types are. Write one that is not.");
        }

        _instance = _method.IsStatic ? null : InstanceMaker.Make(target.Type, nodeId, left);
        _shape = isFactory ? ResultShape.Whole(_method) : _instance is IDynamicNode dynamic ? new ResultShape(_method, dynamic.Signals) : new ResultShape(_method);
        var nullability = new NullabilityInfoContext();
        _parameters = [.. _method.GetParameters().Select(parameter => new ProcessParameter(parameter, nullability))];
        Slots = (_instance as IDynamicNode)?.Slots ?? [.. _parameters.Where(parameter => parameter.Role != ParameterRole.Injected).Select(parameter => parameter.ToSlot())];
        _map = new WireMap(TypeNames.Full(target.Type) + (target.Method is null ? "" : "." + target.Method.Name), _parameters);
        foreach (var (name, value) in left)
        {
            _map.AddParam(name, value);
        }

        _init = new Lifecycle(_instance, "Init");
        _deinit = new Lifecycle(_instance, "Deinit");
    }

    public IReadOnlyList<Slot> Slots { get; }

    public IReadOnlyList<Signal> Signals => _shape.Signals;

    public bool IsStateful => _instance is not null || IsSource;

    public bool IsSource => _shape.IsSource;

    public bool CanTravel => _instance is not IDynamicNode && !_init.WantsContext && !_deinit.WantsContext
        && _parameters.All(parameter => parameter.CanTravel(ValueTypes))
        && Signals.All(signal => Travelling.MayTravel(signal.Type, ValueTypes));

    private CallCompiler Compiler => new(_nodeId, _method, _instance, _shape);

    public ValueTypes ValueTypes => ValueTypes.Of((_instance?.GetType() ?? _method.DeclaringType!).Assembly);

    public void Wire(IReadOnlyList<InputWire> wires)
    {
        if (IsSource && wires.Count > 0)
        {
            throw new WiringException(
                $"{TypeNames.Full(_method.DeclaringType!)}.{_method.Name} is a source (it returns {TypeNames.Short(_method.ReturnType)}) and takes no `depends`. "
                + "Give what it needs as params, or return a list to give one value per call.");
        }

        _map.AddWires(wires);
        _wires = wires;
        _code = Compiler.Compile(_map, wires, _parameters);
    }

    public bool IsInline => Compiler.IsInline(_parameters);

    public InlineCall Inline(Func<int, Type, Expression> input) =>
        Compiler.Inline(_code ?? throw new InvalidOperationException($"Node `{_nodeId}` is not wired."), _map, _wires, _parameters, input);

    public ValueTask InitAsync(RunnerContext context, CancellationToken cancellationToken)
    {
        _context = context;
        return _init.CallAsync(context, cancellationToken);
    }

    public ValueTask DeinitAsync(CancellationToken cancellationToken) => _deinit.CallAsync(_context, cancellationToken);

    public ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call) =>
        _code?.CallAsync(inputs, results, call) ?? throw new InvalidOperationException($"Node `{_nodeId}` is called before it is wired.");

    /// <summary>Ends a generator and disposes the object, if it can be.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_code is not null)
        {
            await _code.DisposeAsync().ConfigureAwait(false);
        }

        await Disposal.DisposeAsync(_instance).ConfigureAwait(false);
    }
}
