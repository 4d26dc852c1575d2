using Google.Protobuf;

namespace Sluice.Exporters.Tests.Sinks;

/// <summary>A message decoded by Google's own reader: fields by number, as often as they occur.</summary>
internal sealed class Proto
{
    private readonly List<(int Field, object Value)> _fields = [];

    public Proto(byte[] message)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag && tag != 0)
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"Wire type {other} is not expected."),
            };
            _fields.Add((WireFormat.GetTagFieldNumber(tag), value));
        }
    }

    public Proto this[int field] => All(field).Single();

    public IReadOnlyList<Proto> All(int field) => [.. Values(field).Select(value => new Proto((byte[])value))];

    public string Text(int field) => System.Text.Encoding.UTF8.GetString((byte[])Values(field).Single());

    public string Hex(int field) => Convert.ToHexStringLower((byte[])Values(field).Single());

    public ulong Fixed(int field) => (ulong)Values(field).Single();

    public long Whole(int field) => (long)Values(field).Single();

    public bool Has(int field) => Values(field).Any();

    /// <summary>A repeated KeyValue as a dictionary.</summary>
    public Dictionary<string, object?> KeyValues(int field) => All(field).ToDictionary(pair => pair.Text(1), pair => AnyValue(pair[2]));

    public static object? AnyValue(Proto any) =>
        any.Has(1) ? any.Text(1)
        : any.Has(2) ? any.Whole(2) == 1
        : any.Has(3) ? any.Whole(3)
        : any.Has(4) ? BitConverter.UInt64BitsToDouble(any.Fixed(4))
        : any.Has(5) ? any[5].All(1).Select(AnyValue).ToList()
        : any.Has(6) ? any[6].KeyValues(1)
        : null;

    private IEnumerable<object> Values(int field) => _fields.Where(found => found.Field == field).Select(found => found.Value);
}
