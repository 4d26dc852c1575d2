namespace Sluice.Exporters.Sinks.Files;

/// <summary>What to do with what an earlier run wrote at the same path.</summary>
public enum ExistingFile
{
    /// <summary>Go on behind it, after repairing a torn last line.</summary>
    Append,

    /// <summary>Empty it and delete the files rolled from it. What was delivered before a restart is gone: for scratch output only.</summary>
    Overwrite,
}
