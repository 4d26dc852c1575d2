using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Sluice.Hocon.Binding;

/// <summary>One key of a settings record.</summary>
/// <param name="Name">The property or parameter.</param>
/// <param name="Type">What its value is, without the question mark of a nullable one.</param>
/// <param name="Nullable">Whether it may be left out or null.</param>
/// <param name="Required">Whether the key must be there.</param>
/// <param name="InBytes">Whether it is written as a size.</param>
/// <param name="Checks">What else its value must hold.</param>
internal sealed record Setting(
    string Name, Type Type, bool Nullable, bool Required, bool InBytes, IReadOnlyList<ValidationAttribute> Checks)
{
    /// <summary>The key: the name in kebab-case.</summary>
    public string Key { get; } = JsonNamingPolicy.KebabCaseLower.ConvertName(Name);

    public static Setting Of(PropertyInfo property)
    {
        var nullability = new NullabilityInfoContext().Create(property).WriteState;
        var required = property.IsDefined(typeof(RequiredMemberAttribute));
        return Of(property.Name, property.PropertyType, nullability, required, [.. property.GetCustomAttributes()]);
    }

    public static Setting Of(ParameterInfo parameter)
    {
        var name = parameter.Name ?? throw new NotSupportedException($"{parameter.Member} has a parameter without a name.");
        var property = parameter.Member.DeclaringType?.GetProperty(name);
        var nullability = new NullabilityInfoContext().Create(parameter).WriteState;
        var attributes = parameter.GetCustomAttributes().Concat(property?.GetCustomAttributes() ?? []);
        return Of(name, parameter.ParameterType, nullability, !parameter.HasDefaultValue, [.. attributes]);
    }

    private static Setting Of(string name, Type type, NullabilityState nullability, bool required, Attribute[] attributes)
    {
        var inner = System.Nullable.GetUnderlyingType(type);
        var nullable = inner is not null || (!type.IsValueType && nullability == NullabilityState.Nullable);
        return new Setting(
            name,
            inner ?? type,
            nullable,
            required && !nullable,
            attributes.Any(NamedLike<ByteSizeAttribute>) || name.EndsWith("Bytes", StringComparison.Ordinal),
            [.. attributes.OfType<ValidationAttribute>().Where(attribute => attribute is not RequiredAttribute)]);
    }

    /// <summary>Whether an attribute has this one's name: an assembly that must not know this one declares its own, as the compiler's are.</summary>
    internal static bool NamedLike<TAttribute>(Attribute attribute) => attribute.GetType().Name == typeof(TAttribute).Name;
}
