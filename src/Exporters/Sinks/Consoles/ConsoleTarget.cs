namespace Sluice.Exporters.Sinks.Consoles;

/// <summary>The process's two text streams.</summary>
public enum ConsoleTarget
{
    /// <summary>Standard output.</summary>
    Output,

    /// <summary>Standard error.</summary>
    Error,
}
