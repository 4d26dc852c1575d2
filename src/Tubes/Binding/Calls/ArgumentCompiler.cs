using System.Globalization;
using System.Linq.Expressions;
using Sluice.Tubes.Binding.Conversion;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>The expression that makes one argument of a call.</summary>
internal sealed class ArgumentCompiler(
    string nodeId, WireMap map, IReadOnlyList<InputWire> wires, Func<int, Type, Expression> input, ParameterExpression inputs, ParameterExpression call)
{
    public Expression Compile(ProcessParameter parameter) => parameter.Role switch
    {
        ParameterRole.Injected => Injected(parameter.DeclaredType),
        ParameterRole.PositionalRest => PositionalRest(parameter),
        ParameterRole.KeywordRest => KeywordRest(parameter),
        _ => Named(parameter),
    };

    private Expression Injected(Type type) =>
        type == typeof(Epoch) ? Expression.Property(call, nameof(NodeCall.Epoch))
        : type == typeof(RunnerContext) ? Expression.Property(call, nameof(NodeCall.Context))
        : type == typeof(CancellationToken) ? Expression.Property(call, nameof(NodeCall.CancellationToken))
        : type == typeof(NodeCall) ? call
        : type == typeof(string) ? Expression.Constant(nodeId)
        : Expression.Property(call, nameof(NodeCall.Events));

    private Expression Named(ProcessParameter parameter)
    {
        var fallback = map.HasParam(parameter, out var param) ? Param(parameter.Name, param, parameter.Type) : parameter.Default;
        if (map.WireOf(parameter) is not { } wire)
        {
            return Expression.Constant(fallback, parameter.Type);
        }

        return parameter.Type == typeof(TubeEvent)
            ? Event(parameter, wire)
            : Input(parameter, wire, parameter.Name, parameter.HasDefault || map.HasParam(parameter, out _) ? Expression.Constant(fallback, parameter.Type) : null);
    }

    private Expression Input(ProcessParameter parameter, int wire, string slot, Expression? fallback)
    {
        if (wires[wire].SourceType is { } source && !Conversions.CanEver(source, parameter.Type))
        {
            throw new WiringException($"Slot `{slot}` takes {TypeNames.Short(parameter.Type)} and is wired to a signal of {TypeNames.Short(source)}, which can never become one.");
        }

        var site = Expression.Constant(new ArgumentSite(nodeId, slot, parameter.Type, parameter.TakesNull));
        var value = input(wire, parameter.Type);
        if (value.Type == parameter.Type && value.Type.IsValueType)
        {
            return value;
        }

        return fallback is not null ? Expression.Call(ArgumentSite.TakeOrMethod.MakeGenericMethod(parameter.Type), value, site, fallback)
            : parameter.Type.IsValueType ? Expression.Call(ArgumentSite.TakeMethod.MakeGenericMethod(parameter.Type), value, site)
            : Reference(parameter, value, site);
    }

    /// <summary>As <see cref="ArgumentSite.Take{T}"/>, which among classes would have to look up at every call what its type is.</summary>
    private static BinaryExpression Reference(ProcessParameter parameter, Expression value, Expression site) => Expression.Coalesce(
        value.Type == parameter.Type ? value : Expression.TypeAs(value, parameter.Type),
        Expression.Call(site, ArgumentSite.ConvertMethod.MakeGenericMethod(parameter.Type), value));

    private MethodCallExpression Event(ProcessParameter parameter, int wire)
    {
        var site = Expression.Constant(new ArgumentSite(nodeId, parameter.Name, parameter.Type, parameter.TakesNull));
        var key = wires[wire].Slot ?? (wires[wire].Position ?? 0).ToString(CultureInfo.InvariantCulture);
        return Expression.Call(site, ArgumentSite.EventMethod, input(wire, typeof(object)), call, Expression.Constant(key));
    }

    private Expression PositionalRest(ProcessParameter parameter)
    {
        if (map.RestPositions.Count == 0 && map.HasParam(parameter, out var param))
        {
            return Expression.Constant(Param(parameter.Name, param, parameter.DeclaredType), parameter.DeclaredType);
        }

        return map.RestPositions.Count == 0
            ? Expression.Constant(Array.CreateInstance(parameter.Type, 0), parameter.DeclaredType)
            : Expression.NewArrayInit(parameter.Type, map.RestPositions.Select(wire => Input(parameter, wire, parameter.Name, fallback: null)));
    }

    private MethodCallExpression KeywordRest(ProcessParameter parameter)
    {
        var sites = map.RestWires.Select(entry => new ArgumentSite(nodeId, entry.Name, parameter.Type, parameter.TakesNull)).ToArray();
        var constants = map.RestParams.ToDictionary(entry => entry.Key, entry => Param(entry.Key, entry.Value, parameter.Type));
        var rest = Activator.CreateInstance(typeof(RestArgument<>).MakeGenericType(parameter.Type), map.RestWires.ToArray(), sites, constants)
            ?? throw new MissingMethodException(nameof(RestArgument<>), ".ctor");
        return Expression.Call(Expression.Constant(rest), nameof(RestArgument<>.Collect), null, inputs);
    }

    private static object? Param(string name, object? value, Type type) =>
        Conversions.TryConvert(value, type, out var converted)
            ? converted
            : throw new WiringException($"Param `{name}` takes {TypeNames.Short(type)}, and {Values.Describe(value)} is not one.");
}
