namespace Sluice.Exporters.Sinks.Files;

/// <summary>A sink that writes JSON lines to a file (<c>type = file</c>).</summary>
[SettingsType("file")]
public sealed record FileSinkSettings : SinkSettings
{
    /// <summary>The file; its folder is made when missing. Two sinks on one path are an error, in one process or in two.</summary>
    public required string Path { get; init; }

    /// <summary>What becomes of what is there already.</summary>
    public required ExistingFile Mode { get; init; }

    /// <summary>Whether a line carries the item's key.</summary>
    public required Envelope Envelope { get; init; }

    /// <summary>Bytes after which a new file is begun, the full one renamed to <c>name.000001.ext</c> and so on; 0 never. One line larger than this gets a file of its own.</summary>
    [ByteSize]
    public required long RollSize { get; init; }

    /// <summary>How many full files are kept beside the current one, the oldest deleted first; 0 keeps all.</summary>
    public required int MaxFiles { get; init; }

    /// <summary>When what was written is forced to the disk.</summary>
    public required Fsync Fsync { get; init; }

    /// <summary>The longest time that written lines wait under <see cref="Files.Fsync.Interval"/>.</summary>
    public required TimeSpan FsyncInterval { get; init; }

    /// <inheritdoc/>
    public override ISink Open(SinkServices services)
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            throw new SinkSettingsException(Name, "path", "is empty; give the file to write, such as path = \"out/items.jsonl\".");
        }

        if (RollSize < 0)
        {
            throw new SinkSettingsException(Name, "roll-size", $"is {RollSize}; give bytes such as 64 MiB, or 0 for one endless file.");
        }

        if (MaxFiles < 0)
        {
            throw new SinkSettingsException(Name, "max-files", $"is {MaxFiles}; give a count of full files to keep, or 0 to keep all.");
        }

        if (Fsync is Fsync.Interval && FsyncInterval <= TimeSpan.Zero)
        {
            throw new SinkSettingsException(Name, "fsync-interval", $"is {FsyncInterval}; give a time above zero such as 1s.");
        }

        return FileSink.Open(this, services);
    }
}
