using System.Buffers.Binary;
using System.Text;

namespace Sluice.Exporters.Sinks.Otlp;

/// <summary>
/// Writes protocol buffers (https://protobuf.dev/programming-guides/encoding/). The length of a nested message is written as a varint of always
/// four bytes, which readers must accept, so that it can be filled in when the message is complete.
/// </summary>
internal sealed class ProtoWriter
{
    private const int LengthSize = 4;
    private const int MaxNested = (1 << (7 * LengthSize)) - 1;

    private byte[] _bytes = new byte[4096];
    private int _used;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _used);

    /// <summary>Begins a nested message; give the result to <see cref="End"/>.</summary>
    public int Begin(int field)
    {
        Tag(field, 2);
        Reserve(LengthSize);
        _used += LengthSize;
        return _used;
    }

    /// <exception cref="InvalidOperationException">The message has more than 256 MiB.</exception>
    public void End(int begin)
    {
        var length = _used - begin;
        if (length > MaxNested)
        {
            throw new InvalidOperationException($"A message of {length} bytes does not fit into one request; send smaller batches.");
        }

        for (var i = 0; i < LengthSize; i++)
        {
            var more = i < LengthSize - 1 ? 0x80 : 0;
            _bytes[begin - LengthSize + i] = (byte)(((length >> (7 * i)) & 0x7f) | more);
        }
    }

    public void Text(int field, string value)
    {
        Tag(field, 2);
        var length = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)length);
        Reserve(length);
        _used += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(_used));
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, 2);
        Varint((ulong)value.Length);
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_used));
        _used += value.Length;
    }

    public void Whole(int field, long value)
    {
        Tag(field, 0);
        Varint((ulong)value);
    }

    public void Fixed(int field, ulong value)
    {
        Tag(field, 1);
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_used), value);
        _used += sizeof(ulong);
    }

    public void Real(int field, double value) => Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    private void Tag(int field, int wireType) => Varint((ulong)((field << 3) | wireType));

    private void Varint(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7)
        {
            _bytes[_used++] = (byte)(value | 0x80);
        }

        _bytes[_used++] = (byte)value;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _used < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + count));
        }
    }
}
