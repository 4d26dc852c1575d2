using System.Reflection;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Binding;

/// <summary>A class's own <c>Init</c> or <c>Deinit</c>, with or without <c>Async</c> in its name, if it has one.</summary>
internal sealed class Lifecycle
{
    private readonly object? _instance;
    private readonly MethodInfo? _method;

    /// <exception cref="WiringException">There are several, or it asks for what nobody can give.</exception>
    public Lifecycle(object? instance, string name)
    {
        _instance = instance;
        var methods = instance?.GetType()
            .GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => method.Name == name || method.Name == name + "Async")
            .ToList() ?? [];
        _method = methods.Count <= 1
            ? methods.FirstOrDefault()
            : throw new WiringException($"{TypeNames.Full(methods[0].ReflectedType!)} has several methods named {name}: keep one.");
        if (_method?.GetParameters().FirstOrDefault(parameter => !IsGiven(parameter)) is { } parameter)
        {
            throw new WiringException(
                $"{TypeNames.Full(_method.ReflectedType!)}.{_method.Name} asks for `{parameter.Name}`: it may take a RunnerContext and a CancellationToken, nothing else.");
        }
    }

    public bool WantsContext => _method?.GetParameters().Any(parameter => parameter.ParameterType == typeof(RunnerContext)) == true;

    public async ValueTask CallAsync(RunnerContext? context, CancellationToken cancellationToken)
    {
        if (_method is null)
        {
            return;
        }

        var arguments = Array.ConvertAll(_method.GetParameters(), parameter => parameter.ParameterType == typeof(RunnerContext) ? context : (object?)cancellationToken);
        switch (_method.Invoke(_instance, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null))
        {
            case Task task: await task.ConfigureAwait(false); break;
            case ValueTask task: await task.ConfigureAwait(false); break;
        }
    }

    private static bool IsGiven(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(RunnerContext) || parameter.ParameterType == typeof(CancellationToken);
}
