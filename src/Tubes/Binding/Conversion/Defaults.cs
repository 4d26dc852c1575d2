using System.Reflection;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>The value a parameter has when nobody gives one.</summary>
internal static class Defaults
{
    /// <summary>The declared default, or the type's own (null, zero, empty struct) if none is declared.</summary>
    public static object? Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (!parameter.HasDefaultValue || parameter.DefaultValue is null)
        {
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        var underlying = Nullable.GetUnderlyingType(type) ?? type;
        return underlying.IsEnum ? Enum.ToObject(underlying, parameter.DefaultValue) : parameter.DefaultValue;
    }
}
