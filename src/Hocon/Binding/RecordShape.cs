using System.Collections.Concurrent;
using System.Reflection;

namespace Sluice.Hocon.Binding;

/// <summary>How a settings record is built: the constructor with its parameters, and the properties that are set after it.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();

    private readonly ConstructorInfo _constructor;
    private readonly Setting[] _parameters;
    private readonly object?[] _defaults;
    private readonly (PropertyInfo Property, Setting Setting)[] _properties;

    private RecordShape(Type type)
    {
        _constructor = type.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length).FirstOrDefault(IsFirstChoice)
            ?? type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new NotSupportedException($"{type} cannot be bound: a settings record with a public constructor is needed.");
        var parameters = _constructor.GetParameters();
        _parameters = [.. parameters.Select(Setting.Of)];
        _defaults = [.. parameters.Select(parameter => parameter.HasDefaultValue ? parameter.DefaultValue : null)];
        _properties =
        [
            .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
                .Where(property => parameters.All(parameter => parameter.Name != property.Name))
                .Select(property => (property, Setting.Of(property))),
        ];
        Settings = [.. _parameters, .. _properties.Select(property => property.Setting)];
        Keys = [.. Settings.Select(setting => setting.Key)];
    }

    public IReadOnlyList<Setting> Settings { get; }

    public IReadOnlyList<string> Keys { get; }

    public static RecordShape Of(Type type) => Known.GetOrAdd(type, static type => new RecordShape(type));

    /// <summary>Builds the record of the values found; a setting that was not found keeps its default.</summary>
    public object Build(IReadOnlyDictionary<Setting, object?> values)
    {
        var arguments = new object?[_parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = values.TryGetValue(_parameters[i], out var value) ? value : _defaults[i];
        }

        var record = _constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
        foreach (var (property, setting) in _properties)
        {
            if (values.TryGetValue(setting, out var value))
            {
                property.SetMethod?.Invoke(record, BindingFlags.DoNotWrapExceptions, binder: null, [value], culture: null);
            }
        }

        return record;
    }

    private static bool IsFirstChoice(ConstructorInfo constructor) => constructor.GetParameters().Length == 0;
}
