using System.Text;

namespace Sluice.Exporters.Sinks.Otlp;

/// <summary>What a collector says of items it would not take: response.1 = { 1 = count (varint), 2 = message (text) }.</summary>
internal sealed record PartialSuccess(long Rejected, string Message)
{
    /// <summary>Reads an answer; one that is not understood rejects nothing.</summary>
    public static PartialSuccess Read(ReadOnlySpan<byte> response)
    {
        var rejected = 0L;
        var message = "";
        while (TryField(ref response, out var field, out _, out var nested))
        {
            while (field == 1 && TryField(ref nested, out var inner, out var number, out var text))
            {
                rejected = inner == 1 ? (long)number : rejected;
                message = inner == 2 ? Encoding.UTF8.GetString(text) : message;
            }
        }

        return new PartialSuccess(rejected, message);
    }

    private static bool TryField(ref ReadOnlySpan<byte> rest, out int field, out ulong number, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        number = 0;
        field = 0;
        if (!TryVarint(ref rest, out var tag))
        {
            return false;
        }

        field = (int)(tag >> 3);
        var wireType = tag & 7;
        if (wireType == 0)
        {
            return TryVarint(ref rest, out number);
        }

        var length = wireType == 1 ? 8UL : wireType == 5 ? 4UL : wireType == 2 && TryVarint(ref rest, out var told) ? told : ulong.MaxValue;
        if (length > (ulong)rest.Length)
        {
            return false;
        }

        bytes = rest[..(int)length];
        rest = rest[(int)length..];
        return true;
    }

    private static bool TryVarint(ref ReadOnlySpan<byte> rest, out ulong value)
    {
        value = 0;
        for (var i = 0; i < rest.Length && i < 10; i++)
        {
            value |= (ulong)(rest[i] & 0x7f) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
