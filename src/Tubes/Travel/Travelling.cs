using System.Collections;

namespace Sluice.Tubes.Travel;

/// <summary>
/// What values may go to another process: plain ones (numbers, texts, truth values, times, bytes), lists, arrays and dictionaries by text of
/// such, and null; and values of the node code's own types (<see cref="ValueTypes"/>). Everything else is an object of this process.
/// </summary>
public static class Travelling
{
    /// <summary>Whether values that are declared so may travel. What is declared as <c>object</c> or as a list of anything is seen when it comes.</summary>
    public static bool MayTravel(Type type) => MayTravel(type, ValueTypes.Plain);

    /// <summary>The same, where values of some more types may travel.</summary>
    public static bool MayTravel(Type type, ValueTypes types)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(types);
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(object) || type == typeof(void) || type == typeof(NoEvent) || PlainTypes.Knows(type) || type.IsEnum
            || (type.IsArray && MayTravel(type.GetElementType()!, types))
            || (type.IsGenericType && IsCollection(type) && type.GetGenericArguments().All(argument => MayTravel(argument, types)))
            || type == typeof(IEnumerable) || type == typeof(ICollection) || type == typeof(IList) || type == typeof(IDictionary)
            || types.Allows(type);
    }

    private static bool IsCollection(Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        return definition == typeof(List<>) || definition == typeof(Dictionary<,>) || definition == typeof(IReadOnlyList<>)
            || definition == typeof(IReadOnlyCollection<>) || definition == typeof(IList<>) || definition == typeof(ICollection<>)
            || definition == typeof(IEnumerable<>) || definition == typeof(IReadOnlyDictionary<,>) || definition == typeof(IDictionary<,>)
            || definition == typeof(Binding.Maybe<>);
    }
}
