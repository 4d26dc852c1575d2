namespace Sluice.Tubes.Binding;

/// <summary>
/// A node class whose slots and signals depend on its params. Read once, after its construction. Its process method takes the inputs
/// in a dictionary marked <see cref="RestAttribute"/> and returns one value per signal, in order (or the value, for a single signal).
/// </summary>
public interface IDynamicNode
{
    /// <summary>The inputs.</summary>
    IReadOnlyList<Slot> Slots { get; }

    /// <summary>The outputs.</summary>
    IReadOnlyList<Signal> Signals { get; }
}
