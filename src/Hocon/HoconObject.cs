using System.Diagnostics.CodeAnalysis;

namespace Sluice.Hocon;

/// <summary>An object: keys with values, in the order in which the keys were first written.</summary>
public sealed class HoconObject : HoconValue
{
    private readonly OrderedDictionary<string, HoconValue> _fields;

    internal HoconObject(OrderedDictionary<string, HoconValue> fields, Origin origin)
        : base(origin, fields.Values.Select(field => field.Depth).DefaultIfEmpty().Max() + 1) => _fields = fields;

    /// <summary>The fields in order.</summary>
    public IReadOnlyDictionary<string, HoconValue> Fields => _fields;

    internal override string Description => "an object";

    /// <summary>Finds the value of one key; the key is taken literally, dots do not separate.</summary>
    public bool TryGet(string key, [NotNullWhen(true)] out HoconValue? value) => _fields.TryGetValue(key, out value);
}
