namespace Sluice.Instruments;

/// <summary>Something an instrument can see: an actor, a queue, a socket, a task, a tube, a node of a tube.</summary>
/// <remarks>
/// Whoever fires a hook passes itself, never a text: the name is built only by an instrument that wants it, so
/// <see cref="Name"/> may allocate and <see cref="Kind"/> must not.
/// </remarks>
public interface IInstrumented
{
    /// <summary>Which one it is, for people: a path, an address. Built when asked for.</summary>
    string Name { get; }

    /// <summary>What it is: a constant with few values (<c>mailbox</c>, <c>queue</c>, an actor's class), fit to be a metric's attribute.</summary>
    string Kind { get; }

    /// <summary>What it belongs to (an actor's parent, a node's tube), or null.</summary>
    IInstrumented? Parent => null;
}
