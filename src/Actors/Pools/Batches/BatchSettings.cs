namespace Sluice.Actors.Pools.Batches;

/// <summary>How an exporter groups items. Defaults are in <c>reference.conf</c> under <c>sluice.pool-exporter.batch</c>.</summary>
public sealed record BatchSettings
{
    /// <summary>A batch is sent as soon as it holds this many items; 1 or more.</summary>
    public required int Size { get; init; }

    /// <summary>A batch is sent before its payloads would exceed this many bytes; an item larger than this goes alone.</summary>
    [ByteSize]
    public required long Bytes { get; init; }

    /// <summary>A smaller batch is sent once its oldest item has waited this long; zero sends whatever is there as soon as the sink is free.</summary>
    public required TimeSpan Age { get; init; }

    /// <exception cref="InvalidConfigException">A value is out of range.</exception>
    internal void Validate(string path)
    {
        InvalidConfigException.Unless(Size >= 1, path, "size", Size, "write 1 item or more");
        InvalidConfigException.Unless(Bytes >= 1, path, "bytes", Bytes, "write a size above zero, such as 1 MiB");
        InvalidConfigException.Unless(Age >= TimeSpan.Zero, path, "age", Age, "write a duration, or 0s to never wait for a fuller batch");
    }
}
