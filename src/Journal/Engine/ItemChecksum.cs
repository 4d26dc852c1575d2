using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Sluice.Journal.Engine;

/// <summary>CRC-32C over an item's number and content. Position and audience are left out, so that a row may be copied to another place as it is.</summary>
internal static class ItemChecksum
{
    public static uint Of(long sequence, in ItemContent content)
    {
        var crc = BitOperations.Crc32C(uint.MaxValue, (ulong)sequence);
        crc = BitOperations.Crc32C(crc, (ulong)content.AcceptedAt);
        crc = Add(crc, content.ContentType);
        crc = Add(crc, content.Arguments);
        crc = Add(crc, content.Tube);
        crc = Add(crc, content.Node);
        crc = Add(crc, content.Epoch);
        crc = Add(crc, content.TraceId);
        return ~Add(crc, content.Payload.Span);
    }

    // The length goes first, so that text cannot move from one field to the next unseen; no text is told from empty text.
    private static uint Add(uint crc, string? text) =>
        text is null
            ? BitOperations.Crc32C(crc, byte.MaxValue)
            : Add(BitOperations.Crc32C(crc, (uint)text.Length), MemoryMarshal.AsBytes(text.AsSpan()));

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var rest in bytes)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
