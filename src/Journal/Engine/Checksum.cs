using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sluice.Journal.Engine;

/// <summary>CRC-32C over values one after the other. Each text brings its length, so that none can move into its neighbour unseen.</summary>
internal readonly struct Checksum
{
    private readonly uint _crc;

    private Checksum(uint crc) => _crc = crc;

    public static Checksum Start => new(uint.MaxValue);

    public uint Value => ~_crc;

    public Checksum Add(long value) => new(BitOperations.Crc32C(_crc, (ulong)value));

    public Checksum Add(string? text) =>
        text is null
            ? new Checksum(BitOperations.Crc32C(_crc, byte.MaxValue))
            : new Checksum(BitOperations.Crc32C(_crc, (uint)text.Length)).Add(MemoryMarshal.AsBytes(text.AsSpan()));

    public Checksum Add(ReadOnlySpan<byte> bytes)
    {
        var crc = _crc;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var rest in bytes)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return new Checksum(crc);
    }
}
