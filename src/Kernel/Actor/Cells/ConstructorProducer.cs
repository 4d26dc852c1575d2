using System.Collections.Concurrent;
using System.Reflection;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>Makes instances by a constructor that was looked up once.</summary>
internal sealed class ConstructorProducer(Type type, object?[] arguments) : IIndirectActorProducer
{
    private static readonly ConcurrentDictionary<ConstructorInfo, ConstructorInvoker> Invokers = new();
    private ConstructorInvoker? _invoker;
    private object?[] _arguments = arguments;

    public Type ActorType => type;

    public ActorBase Produce()
    {
        _invoker ??= Find();
        return (ActorBase)_invoker.Invoke(_arguments.AsSpan());
    }

    public void Release(ActorBase actor)
    {
    }

    private ConstructorInvoker Find()
    {
        var constructors = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var fitting = constructors.Where(Fits).OrderBy(constructor => constructor.GetParameters().Length).FirstOrDefault()
            ?? throw new MissingMethodException(
                $"{type} has no constructor for ({string.Join(", ", _arguments.Select(argument => argument?.GetType().Name ?? "null"))}): "
                + "give Props.Create the arguments of one that it has.");
        var missing = fitting.GetParameters().Skip(_arguments.Length).Select(parameter => parameter.DefaultValue);
        _arguments = [.. _arguments, .. missing];
        return Invokers.GetOrAdd(fitting, ConstructorInvoker.Create);
    }

    private bool Fits(ConstructorInfo constructor)
    {
        var parameters = constructor.GetParameters();
        return parameters.Length >= _arguments.Length
            && parameters.Skip(_arguments.Length).All(parameter => parameter.HasDefaultValue)
            && _arguments.Zip(parameters).All(pair => Fits(pair.First, pair.Second.ParameterType));
    }

    private static bool Fits(object? argument, Type parameter) => argument is null
        ? !parameter.IsValueType || Nullable.GetUnderlyingType(parameter) is not null
        : parameter.IsInstanceOfType(argument);
}
