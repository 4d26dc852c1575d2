using System.Reflection;
using System.Runtime.CompilerServices;
using Sluice.Tubes.Binding.Conversion;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding;

/// <summary>Makes an object of a node or asset class from params: constructor parameters first, then settable properties.</summary>
internal static class InstanceMaker
{
    /// <summary>Makes the object and takes the params it used out of <paramref name="parameters"/>; what is left is somebody else's.</summary>
    /// <exception cref="WiringException">No constructor can be called with these params, one does not convert, or the constructor threw.</exception>
    public static object Make(Type type, string id, Dictionary<string, object?> parameters)
    {
        var constructors = type.GetConstructors();
        if (type.IsAbstract || constructors.Length == 0 && !type.IsValueType)
        {
            throw new WiringException($"{TypeNames.Full(type)} cannot be made: it is abstract or has no public constructor.");
        }

        var constructor = constructors
            .Where(candidate => candidate.GetParameters().All(parameter => Key(parameters, parameter) is not null || parameter.HasDefaultValue || IsId(parameter)))
            .OrderByDescending(candidate => candidate.GetParameters().Count(parameter => Key(parameters, parameter) is not null))
            .ThenBy(candidate => candidate.GetParameters().Length)
            .FirstOrDefault();
        if (constructor is null && constructors.Length > 0)
        {
            throw Missing(type, constructors[0], parameters);
        }

        var made = constructor is null
            ? Activator.CreateInstance(type) ?? throw new WiringException($"{TypeNames.Full(type)} cannot be made.")
            : Construct(type, id, constructor, parameters);
        SetProperties(made, parameters, constructor);
        return made;
    }

    private static object Construct(Type type, string id, ConstructorInfo constructor, Dictionary<string, object?> parameters)
    {
        var arguments = Array.ConvertAll(constructor.GetParameters(), parameter =>
            IsId(parameter) ? id
            : Key(parameters, parameter) is { } key && parameters.Remove(key, out var value)
                ? Convert(type, key, value, parameter.ParameterType)
                : Defaults.Of(parameter));
        return Guarded(type, () => constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null));
    }

    private static void SetProperties(object made, Dictionary<string, object?> parameters, ConstructorInfo? constructor)
    {
        var type = made.GetType();
        var unset = constructor?.IsDefined(typeof(System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute)) == true
            ? []
            : type.GetProperties().Where(property => property.IsDefined(typeof(RequiredMemberAttribute))).Select(property => property.Name).ToHashSet();
        foreach (var key in parameters.Keys.ToList())
        {
            if (Records.Property(type, Names.Normalize(key)) is { } property && parameters.Remove(key, out var value))
            {
                var converted = Convert(type, key, value, property.PropertyType);
                Guarded(type, () => property.SetMethod?.Invoke(made, BindingFlags.DoNotWrapExceptions, binder: null, [converted], culture: null));
                unset.Remove(property.Name);
            }
        }

        if (unset.Count > 0)
        {
            throw new WiringException($"{TypeNames.Full(type)} needs `{string.Join("`, `", unset)}`: add it to `params`.");
        }
    }

    private static T Guarded<T>(Type type, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception refused) when (refused is not WiringException)
        {
            throw new WiringException($"{TypeNames.Full(type)} refused its params: {refused.Message}", refused);
        }
    }

    private static object? Convert(Type type, string name, object? value, Type target) =>
        Conversions.TryConvert(value, target, out var converted)
            ? converted
            : throw new WiringException($"Param `{name}` of {TypeNames.Full(type)} takes {TypeNames.Short(target)}, and {Values.Describe(value)} is not one.");

    private static bool IsId(ParameterInfo parameter) => parameter.IsDefined(typeof(NodeIdAttribute)) && parameter.ParameterType == typeof(string);

    private static string? Key(Dictionary<string, object?> parameters, ParameterInfo parameter) =>
        parameters.Keys.FirstOrDefault(key => key == parameter.Name) ?? parameters.Keys.FirstOrDefault(key => Names.Same(key, parameter.Name ?? ""));

    private static WiringException Missing(Type type, ConstructorInfo constructor, Dictionary<string, object?> parameters)
    {
        var missing = constructor.GetParameters().Where(parameter => Key(parameters, parameter) is null && !parameter.HasDefaultValue && !IsId(parameter)).Select(parameter => parameter.Name);
        return new WiringException($"{TypeNames.Full(type)} needs `{string.Join("`, `", missing)}`: add it to `params`.");
    }
}
