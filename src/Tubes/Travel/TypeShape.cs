using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tubes.Travel;

/// <summary>
/// Whether a value can be written by what is public of it and made again from that. A class with a private field keeps something to itself: its
/// values stay where they are.
/// </summary>
internal static class TypeShape
{
    private static readonly Type[] s_wrappers =
        [typeof(Nullable<>), typeof(List<>), typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>), typeof(HashSet<>)];

    private static readonly Type[] s_maps = [typeof(Dictionary<,>), typeof(IReadOnlyDictionary<,>)];

    /// <param name="type">The type.</param>
    /// <param name="isOwn">Whether a type is one of the code's own.</param>
    /// <param name="within">The types that are being looked at, as types may hold themselves.</param>
    public static bool Fits(Type type, Func<Type, bool> isOwn, HashSet<Type> within)
    {
        if (type.IsEnum || (PlainTypes.Knows(type) && type != typeof(System.Numerics.BigInteger)))
        {
            return !type.IsEnum || isOwn(type) || type.Assembly == typeof(object).Assembly;
        }

        if (type.IsArray)
        {
            return type.IsSZArray && Fits(type.GetElementType()!, isOwn, within);
        }

        if (type.IsGenericType)
        {
            return FitsGeneric(type, isOwn, within);
        }

        return isOwn(type) && (!within.Add(type) || Members(type).All(member => member is not null && Fits(member, isOwn, within)));
    }

    private static bool FitsGeneric(Type type, Func<Type, bool> isOwn, HashSet<Type> within)
    {
        var (definition, arguments) = (type.GetGenericTypeDefinition(), type.GetGenericArguments());
        var isMap = s_maps.Contains(definition);
        return (isMap || s_wrappers.Contains(definition) || (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType && arguments.Length < 8))
            && (!isMap || arguments[0] == typeof(string) || arguments[0].IsEnum || (arguments[0].IsPrimitive && arguments[0] != typeof(char)) || arguments[0] == typeof(Guid))
            && arguments.All(argument => Fits(argument, isOwn, within));
    }

    /// <summary>The types of what a value consists of; null for something that is not public, or that nothing can set.</summary>
    private static IEnumerable<Type?> Members(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var constructors = type.GetConstructors();
        var parameters = constructors.Length == 1 && !type.IsValueType ? constructors[0].GetParameters() : []; // a struct is made empty and then filled
        if (!type.IsValueType && (constructors.Length == 0 || (constructors.Length > 1 && type.GetConstructor([]) is null)) || (type.BaseType != typeof(object) && type.BaseType != typeof(ValueType)))
        {
            yield return null;
        }

        foreach (var parameter in parameters.Where(parameter => !IsSaid(type, parameter)))
        {
            yield return null; // nothing says what to make it with
        }

        foreach (var field in type.GetFields(All))
        {
            yield return field.IsPublic ? (field.IsInitOnly ? null : field.FieldType)
                : type.GetProperties().FirstOrDefault(property => field.Name == $"<{property.Name}>k__BackingField") is { GetMethod.IsPublic: true } property
                    && (property.SetMethod is { IsPublic: true } || parameters.Any(parameter => IsOf(parameter, property))) ? field.FieldType
                : null;
        }
    }

    private static bool IsSaid(Type type, ParameterInfo parameter) =>
        type.GetProperties().Any(property => IsOf(parameter, property)) || type.GetFields().Any(field => IsNamed(parameter, field.Name) && field.FieldType == parameter.ParameterType);

    private static bool IsOf(ParameterInfo parameter, PropertyInfo property) => IsNamed(parameter, property.Name) && property.PropertyType == parameter.ParameterType;

    private static bool IsNamed(ParameterInfo parameter, string name) => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase);
}
