using System.Collections.Concurrent;
using Sluice.Hocon.Reading;

namespace Sluice.Hocon.Binding;

/// <summary>The records that an abstract settings record may turn out to be, by the name behind <c>type =</c>.</summary>
internal sealed class Variants
{
    /// <summary>The key that says which one it is.</summary>
    public const string Selector = "type";

    private static readonly ConcurrentDictionary<Type, Variants> Known = new();

    private readonly Dictionary<string, Type> _types;

    private Variants(Type family)
    {
        _types = family.Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(family))
            .Select(type => (Type: type, Name: NameOf(type)))
            .Where(variant => variant.Name is not null)
            .ToDictionary(variant => variant.Name ?? "", variant => variant.Type);
        if (_types.Count == 0)
        {
            throw new NotSupportedException($"{family} is abstract and no record with [SettingsType] derives from it in {family.Assembly.GetName().Name}.");
        }
    }

    public static Variants Of(Type family) => Known.GetOrAdd(family, static family => new Variants(family));

    /// <summary>The variant that an object asks for.</summary>
    /// <exception cref="ConfigException">It asks for none, or for one that does not exist.</exception>
    public Type Choose(HoconObject value, KeyPath path)
    {
        var selector = path.Then(Selector);
        var expected = Words.OneOf(_types.Keys);
        if (!value.TryGet(Selector, out var name))
        {
            throw Mistakes.Missing(value.Origin, selector, expected);
        }

        return name is HoconScalar scalar && _types.TryGetValue(scalar.Text, out var type) ? type : throw Mistakes.WrongType(name, selector, expected);
    }

    private static string? NameOf(Type type) => type.GetCustomAttributes(inherit: false).OfType<Attribute>()
        .Where(Setting.NamedLike<SettingsTypeAttribute>)
        .Select(static attribute => attribute.GetType().GetProperty(nameof(SettingsTypeAttribute.Name))?.GetValue(attribute) as string)
        .FirstOrDefault();
}
