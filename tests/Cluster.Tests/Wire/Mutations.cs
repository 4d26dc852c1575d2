namespace Sluice.Cluster.Tests.Wire;

/// <summary>Makes hostile inputs out of valid ones, the same ones for the same seed.</summary>
internal static class Mutations
{
    private const int LongestRandom = 200;

    [ThreadStatic]
    private static byte[]? _buffer;

    public static ReadOnlySpan<byte> Next(Random random, byte[][] valid)
    {
        var buffer = _buffer ??= new byte[valid.Max(frame => frame.Length) * 2];
        if (random.Next(5) == 0)
        {
            var length = random.Next(LongestRandom);
            random.NextBytes(buffer.AsSpan(0, length));
            return buffer.AsSpan(0, length);
        }
        var frame = valid[random.Next(valid.Length)];
        frame.CopyTo(buffer, 0);
        return random.Next(4) switch
        {
            0 => buffer.AsSpan(0, random.Next(frame.Length)),
            1 => Flip(random, buffer, frame.Length, 1),
            2 => Flip(random, buffer, frame.Length, random.Next(2, 12)),
            _ => Splice(random, buffer, frame.Length, valid[random.Next(valid.Length)]),
        };
    }

    private static ReadOnlySpan<byte> Flip(Random random, byte[] buffer, int length, int count)
    {
        for (var i = 0; i < count; i++)
        {
            buffer[random.Next(length)] = random.Next(3) == 0 ? (byte)(random.Next(2) * 255) : (byte)random.Next(256);
        }
        return buffer.AsSpan(0, length);
    }

    private static ReadOnlySpan<byte> Splice(Random random, byte[] buffer, int length, byte[] other)
    {
        var keep = random.Next(length);
        var from = random.Next(other.Length);
        other.AsSpan(from).CopyTo(buffer.AsSpan(keep));
        return buffer.AsSpan(0, keep + other.Length - from);
    }
}
