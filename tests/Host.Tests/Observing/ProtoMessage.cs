using System.Buffers.Binary;
using System.Text;

namespace Sluice.Host.Tests.Observing;

/// <summary>A message of protocol buffers, read without its schema: values by field number.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _values = [];

    public ProtoMessage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var tag = Varint(ref bytes);
            var (number, length) = (tag & 7) switch
            {
                0 => (Varint(ref bytes), 0),
                1 => (BinaryPrimitives.ReadUInt64LittleEndian(bytes), 8),
                2 => (0UL, (int)Varint(ref bytes)),
                5 => (BinaryPrimitives.ReadUInt32LittleEndian(bytes), 4),
                var type => throw new InvalidDataException($"Wire type {type}."),
            };
            _values.Add(((int)(tag >> 3), number, bytes[..length].ToArray()));
            bytes = bytes[length..];
        }
    }

    public IEnumerable<ProtoMessage> Messages(int field) => _values.Where(value => value.Field == field).Select(value => new ProtoMessage(value.Bytes));

    public ProtoMessage Message(int field) => Messages(field).First();

    public bool Has(int field) => _values.Exists(value => value.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public ulong Number(int field) => _values.Find(value => value.Field == field).Number;

    /// <summary>OpenTelemetry's attributes that are texts.</summary>
    public Dictionary<string, string> Attributes(int field) => Messages(field)
        .Where(pair => pair.Message(2).Has(1))
        .ToDictionary(pair => pair.Text(1), pair => pair.Message(2).Text(1));

    private byte[] Bytes(int field) => _values.Find(value => value.Field == field).Bytes ?? [];

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var i = 0; ; i++)
        {
            value |= (ulong)(bytes[i] & 0x7f) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }
    }
}
