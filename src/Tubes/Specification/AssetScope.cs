namespace Sluice.Tubes.Specification;

/// <summary>How long an asset's object lives.</summary>
public enum AssetScope
{
    /// <summary>From the runner's init to its deinit.</summary>
    Runner,

    /// <summary>For one process call.</summary>
    Process,

    /// <summary>For one call of one node.</summary>
    Node,
}
