using System.Reflection;
using Sluice.Tubes.Binding.Conversion;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Travel;

namespace Sluice.Tubes.Binding.Calls;

/// <summary>One parameter of a method that a tube calls.</summary>
internal sealed class ProcessParameter
{
    private static readonly Type[] InjectedTypes =
        [typeof(Epoch), typeof(RunnerContext), typeof(CancellationToken), typeof(IReadOnlyDictionary<string, TubeEvent>), typeof(NodeCall)];

    private readonly ParameterInfo _parameter;

    public ProcessParameter(ParameterInfo parameter, NullabilityInfoContext nullability)
    {
        _parameter = parameter;
        if (parameter.ParameterType.IsByRef || parameter.ParameterType.IsByRefLike || parameter.ParameterType.IsPointer)
        {
            throw new WiringException($"Parameter `{parameter.Name}` is {TypeNames.Short(parameter.ParameterType)}: a node takes plain values, no ref, out, span or pointer.");
        }

        Role = RoleOf(parameter);
        IsNullable = nullability.Create(parameter).WriteState == NullabilityState.Nullable;
        Type = Role switch
        {
            ParameterRole.PositionalRest => Collections.ElementType(parameter.ParameterType) ?? typeof(object),
            ParameterRole.KeywordRest => parameter.ParameterType.GetGenericArguments()[1],
            _ => parameter.ParameterType,
        };
    }

    public ParameterRole Role { get; }

    public string Name => _parameter.Name ?? $"argument{_parameter.Position}";

    /// <summary>The declared type; the element's for a rest.</summary>
    public Type Type { get; }

    public Type DeclaredType => _parameter.ParameterType;

    public bool IsNullable { get; }

    /// <summary>A value type cannot hold null, and a reference declared without <c>?</c> says that it must not.</summary>
    public bool TakesNull => IsNullable || !Type.IsValueType && (Role != ParameterRole.Named || IsOblivious);

    public bool HasDefault => _parameter.HasDefaultValue || IsNullable;

    public object? Default => Defaults.Of(_parameter);

    /// <summary>Whether its argument can be given in another process.</summary>
    /// <param name="types">Whose values may travel besides plain ones.</param>
    public bool CanTravel(ValueTypes types) => Role == ParameterRole.Injected
        ? DeclaredType == typeof(Epoch) || DeclaredType == typeof(CancellationToken) || DeclaredType == typeof(string)
        : Travelling.MayTravel(Type, types);

    /// <summary>Whether a node that is given this slot waits for it.</summary>
    public bool IsRequired => _parameter.GetCustomAttribute<SlotAttribute>() is { Required: true } || !HasDefault;

    private bool IsOblivious => new NullabilityInfoContext().Create(_parameter).WriteState == NullabilityState.Unknown;

    /// <summary>Whether its argument is made of values alone, and of nothing that belongs to the one call.</summary>
    public bool IsArgument => Role is ParameterRole.Named or ParameterRole.PositionalRest && Type != typeof(TubeEvent);

    public Slot ToSlot() => Role switch
    {
        ParameterRole.PositionalRest => new Slot(Name, Type, Required: true, SlotKind.PositionalRest),
        ParameterRole.KeywordRest => new Slot(Name, Type, Required: false, SlotKind.KeywordRest),
        _ => new Slot(Name, Type, IsRequired),
    };

    private static ParameterRole RoleOf(ParameterInfo parameter)
    {
        if (InjectedTypes.Contains(parameter.ParameterType) || parameter.IsDefined(typeof(NodeIdAttribute)))
        {
            return ParameterRole.Injected;
        }

        if (parameter.IsDefined(typeof(ParamArrayAttribute)))
        {
            return ParameterRole.PositionalRest;
        }

        if (!parameter.IsDefined(typeof(RestAttribute)))
        {
            return ParameterRole.Named;
        }

        var type = parameter.ParameterType;
        return type.IsGenericType && type.GetGenericArguments() is [var key, var value] && key == typeof(string)
            && type.IsAssignableFrom(typeof(Dictionary<,>).MakeGenericType(key, value))
            ? ParameterRole.KeywordRest
            : throw new WiringException($"Parameter `{parameter.Name}` is marked [Rest] and must be a Dictionary<string, …> or an interface of it, not {TypeNames.Short(type)}.");
    }
}
