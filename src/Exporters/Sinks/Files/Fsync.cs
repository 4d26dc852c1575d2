namespace Sluice.Exporters.Sinks.Files;

/// <summary>When what was written is forced to the disk. A crash of the process alone loses nothing in either case.</summary>
public enum Fsync
{
    /// <summary>Before a batch is called delivered: survives a power cut.</summary>
    Batch,

    /// <summary>At most one interval after it was written: a power cut may lose that much of what was called delivered.</summary>
    Interval,

    /// <summary>When the operating system sees fit.</summary>
    Never,
}
