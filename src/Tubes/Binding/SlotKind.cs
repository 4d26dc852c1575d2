namespace Sluice.Tubes.Binding;

/// <summary>How a slot takes its values.</summary>
public enum SlotKind
{
    /// <summary>One value, by name or position.</summary>
    Named,

    /// <summary>All further values by position: a <c>params</c> array.</summary>
    PositionalRest,

    /// <summary>All further values by name: a dictionary marked as rest.</summary>
    KeywordRest,
}
