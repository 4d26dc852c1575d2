namespace Sluice.Actors.Pools.Policies;

/// <summary>When a pool considers an item exported.</summary>
public enum PolicyKind
{
    /// <summary>Every exporter is owed every item.</summary>
    All,

    /// <summary>One delivery is enough; the other exporters are then no longer owed the item.</summary>
    Any,

    /// <summary>So many deliveries are enough; the other exporters are then no longer owed the item.</summary>
    Quorum,

    /// <summary>The exporters in their order, the next only when all before it have refused the item or cannot take it now.</summary>
    Fallback,
}
