using System.Text;

namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>A record as values: null, long, string or byte[] (a journal has no other kinds).</summary>
internal static class Record
{
    private const int MostColumns = 64;

    public static object?[]? TryRead(byte[] record)
    {
        var at = 0;
        if (!TryVarint(record, ref at, out var headerEnd) || headerEnd > record.Length || headerEnd < at)
        {
            return null;
        }

        var values = new List<object?>(24);
        var body = (int)headerEnd;
        while (at < headerEnd)
        {
            if (values.Count == MostColumns || !TryVarint(record, ref at, out var type) || Length(type) is var length && length > record.Length - body)
            {
                return null;
            }

            values.Add(Value(type, record.AsSpan(body, (int)length)));
            body += (int)length;
        }

        return [.. values];
    }

    public static bool TryVarint(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        value = 0;
        for (var count = 0; count < 9; count++)
        {
            if (at >= bytes.Length)
            {
                return false;
            }

            var next = bytes[at++];
            if (count == 8)
            {
                value = (value << 8) | next;
                return true;
            }

            value = (value << 7) | (uint)(next & 0x7f);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static long Length(long type) => type switch
    {
        < 0 or 10 or 11 => long.MaxValue,
        0 or 8 or 9 => 0,
        <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        _ => (type - 12) / 2,
    };

    private static object? Value(long type, ReadOnlySpan<byte> bytes) => type switch
    {
        0 => null,
        8 => 0L,
        9 => 1L,
        <= 6 => Integer(bytes),
        7 => null,
        _ => (type & 1) == 1 ? Encoding.UTF8.GetString(bytes) : bytes.ToArray(),
    };

    private static long Integer(ReadOnlySpan<byte> bytes)
    {
        long value = (sbyte)bytes[0];
        foreach (var next in bytes[1..])
        {
            value = (value << 8) | next;
        }

        return value;
    }
}
