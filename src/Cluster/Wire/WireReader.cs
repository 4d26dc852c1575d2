using System.Buffers.Binary;
using System.Text;

namespace Sluice.Cluster.Wire;

/// <summary>Reads numbers and texts; once something was not there or too long, all that follows is nothing.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> _rest = bytes;

    public bool HasFailed { get; private set; }

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte Byte()
    {
        var one = Take(1);
        return one.IsEmpty ? (byte)0 : one[0];
    }

    public int Int32() => Take(sizeof(int)) is { IsEmpty: false } four ? BinaryPrimitives.ReadInt32LittleEndian(four) : 0;

    public long Int64() => Take(sizeof(long)) is { IsEmpty: false } eight ? BinaryPrimitives.ReadInt64LittleEndian(eight) : 0;

    public double Double() => Take(sizeof(double)) is { IsEmpty: false } eight ? BinaryPrimitives.ReadDoubleLittleEndian(eight) : 0;

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if ((next & 0x80) == 0)
            {
                return value;
            }
        }
        return Fail();
    }

    /// <summary>A length and that many bytes.</summary>
    public ReadOnlySpan<byte> Block(int longest)
    {
        var length = Varint();
        if (length > (ulong)longest)
        {
            Fail();
            return [];
        }
        return Take((int)length);
    }

    public string Text(int longest)
    {
        var bytes = Block(longest);
        try
        {
            return bytes.IsEmpty ? "" : Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            Fail();
            return "";
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            Fail();
            return [];
        }
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private byte Fail()
    {
        HasFailed = true;
        _rest = [];
        return 0;
    }
}
