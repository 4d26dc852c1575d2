namespace Sluice.Tubes.Specification;

/// <summary>When an input is given.</summary>
public enum InputScope
{
    /// <summary>Once, when the tube is built.</summary>
    Tube,

    /// <summary>With every process call.</summary>
    Process,
}
