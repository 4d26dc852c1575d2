using System.ComponentModel.DataAnnotations;
using Sluice.Hocon.Reading;
using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Binding;

/// <summary>Builds settings records of values.</summary>
internal static class SettingsBinder
{
    public static object Bind(Type type, HoconValue value, KeyPath path)
    {
        var setting = new Setting(path.Length > 0 ? path.Last : "", type, Nullable: false, Required: true, InBytes: false, Checks: []);
        return Bind(setting, value, path) ?? throw Mistakes.WrongType(value, path, "an object");
    }

    /// <summary>What an error says about a setting that is missing.</summary>
    public static string Expected(Setting setting) =>
        ScalarTypes.Of(setting.Type, setting.InBytes) is { } scalar ? scalar.Expected
        : Collections.ElementOf(setting.Type) is not null ? "a list"
        : setting.Type == typeof(HoconValue) ? "a value"
        : "an object";

    private static object? Bind(Setting setting, HoconValue value, KeyPath path)
    {
        if (setting.Nullable && value is HoconScalar { Kind: ScalarKind.Null })
        {
            return null;
        }

        var bound = BindType(setting, value, path);
        foreach (var check in setting.Checks)
        {
            Check(check, setting, bound, value, path);
        }

        return bound;
    }

    private static object BindType(Setting setting, HoconValue value, KeyPath path)
    {
        if (ScalarTypes.Of(setting.Type, setting.InBytes) is { } reading)
        {
            return BindScalar(reading, value, path);
        }

        if (Collections.ElementOf(setting.Type) is { } element)
        {
            var each = setting with { Type = element, Nullable = false, Checks = [] };
            var items = Lists.ItemsOf(value, path).Select((item, i) => Bind(each, item, path.Then($"{i}")));
            return Collections.List(setting.Type, element, [.. items]);
        }

        if (setting.Type.IsInstanceOfType(value))
        {
            return value;
        }

        var fields = value as HoconObject ?? throw Mistakes.WrongType(value, path, "an object");
        return setting.Type == typeof(Config) ? new Config([new ResolvedNode(fields)], path)
            : Collections.ValueOf(setting.Type) is { } content ? BindDictionary(setting with { Type = content, Nullable = false, Checks = [] }, fields, path)
            : BindRecord(setting.Type, fields, path);
    }

    private static object BindScalar(ScalarReading reading, HoconValue value, KeyPath path) => value switch
    {
        HoconScalar { Kind: not ScalarKind.Null } scalar =>
            reading.ReadBoxed(scalar) ?? throw Mistakes.WrongType(value, path, reading.ExpectedInsteadOf(scalar)),
        _ => throw Mistakes.WrongType(value, path, reading.Expected),
    };

    private static object BindDictionary(Setting each, HoconObject fields, KeyPath path)
    {
        var dictionary = Collections.Dictionary(each.Type);
        foreach (var (key, field) in fields.Fields)
        {
            dictionary.Add(key, Bind(each, field, path.Then(key)));
        }

        return dictionary;
    }

    private static object BindRecord(Type type, HoconObject fields, KeyPath path)
    {
        var variant = type.IsAbstract;
        var shape = RecordShape.Of(variant ? Variants.Of(type).Choose(fields, path) : type);
        RefuseUnknown(fields, variant ? [Variants.Selector, .. shape.Keys] : shape.Keys, path);

        var values = new Dictionary<Setting, object?>();
        foreach (var setting in shape.Settings)
        {
            if (fields.TryGet(setting.Key, out var field))
            {
                values[setting] = Bind(setting, field, path.Then(setting.Key));
            }
            else if (setting.Required)
            {
                throw Mistakes.Missing(fields.Origin, path.Then(setting.Key), Expected(setting));
            }
        }

        return Build(shape, values, fields, path);
    }

    private static object Build(RecordShape shape, Dictionary<Setting, object?> values, HoconObject fields, KeyPath path)
    {
        try
        {
            var record = shape.Build(values);
            var wrong = (record as IValidatableObject)?.Validate(new ValidationContext(record)).FirstOrDefault(result => result != ValidationResult.Success);
            return wrong is null ? record : throw Mistakes.Refused(fields, path, wrong.ErrorMessage ?? "is not valid.");
        }
        catch (ArgumentException error)
        {
            throw Mistakes.Refused(fields, path, error.Message, error);
        }
    }

    private static void RefuseUnknown(HoconObject fields, IReadOnlyList<string> keys, KeyPath path)
    {
        foreach (var (key, field) in fields.Fields)
        {
            if (!keys.Contains(key))
            {
                throw Mistakes.Unknown(field.Origin, path.Then(key), keys);
            }
        }
    }

    private static void Check(ValidationAttribute check, Setting setting, object bound, HoconValue value, KeyPath path)
    {
        if (check is RangeAttribute range)
        {
            if (RangeCheck.Expected(range, bound, setting.InBytes) is { } expected)
            {
                throw Mistakes.WrongType(value, path, expected);
            }
        }
        else if (!check.IsValid(bound))
        {
            throw Mistakes.Refused(value, path, check.FormatErrorMessage(path.ToString()));
        }
    }
}
