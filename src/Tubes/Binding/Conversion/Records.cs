using System.Reflection;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>A dictionary as a record: keys find constructor parameters, then settable properties, ignoring case and underscores; a key without a place is refused.</summary>
internal static class Records
{
    public static bool TryConvert(object value, Type target, out object? result)
    {
        result = null;
        if (target.IsAbstract || !Maps.IsMap(value.GetType()) || Maps.Entries(value) is not { } entries)
        {
            return false;
        }

        var values = new Dictionary<string, object?>();
        foreach (var (key, item) in entries)
        {
            if (key is not string name || !values.TryAdd(Names.Normalize(name), item))
            {
                return false;
            }
        }

        foreach (var constructor in target.GetConstructors().OrderByDescending(constructor => constructor.GetParameters().Length))
        {
            if (TryConstruct(constructor, values, out result))
            {
                return true;
            }
        }

        result = target.IsValueType && values.Count > 0 ? Activator.CreateInstance(target) : null;
        return result is not null && TrySet(result, values);
    }

    private static bool TryConstruct(ConstructorInfo constructor, Dictionary<string, object?> values, out object? record)
    {
        record = null;
        var left = new Dictionary<string, object?>(values);
        var parameters = constructor.GetParameters();
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            if (left.Remove(Names.Normalize(parameters[i].Name ?? ""), out var value))
            {
                if (!Conversions.TryConvert(value, parameters[i].ParameterType, out arguments[i]))
                {
                    return false;
                }
            }
            else if (parameters[i].HasDefaultValue)
            {
                arguments[i] = Defaults.Of(parameters[i]);
            }
            else
            {
                return false;
            }
        }

        if (!left.Keys.All(key => Property(constructor.DeclaringType!, key) is not null))
        {
            return false;
        }

        record = constructor.Invoke(arguments);
        return TrySet(record, left);
    }

    private static bool TrySet(object record, Dictionary<string, object?> values)
    {
        foreach (var (key, value) in values)
        {
            if (Property(record.GetType(), key) is not { } property || !Conversions.TryConvert(value, property.PropertyType, out var converted))
            {
                return false;
            }

            property.SetValue(record, converted);
        }

        return true;
    }

    /// <summary>The public settable property that <paramref name="normalized"/> names.</summary>
    public static PropertyInfo? Property(Type type, string normalized) =>
        Array.Find(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0 && Names.Normalize(property.Name) == normalized);
}
