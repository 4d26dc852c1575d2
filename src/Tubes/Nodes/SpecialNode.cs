using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Nodes;

/// <summary>A node whose code is the tube's own.</summary>
internal abstract class SpecialNode(IReadOnlyList<Slot> slots, IReadOnlyList<Signal> signals) : INodeCode
{
    public IReadOnlyList<Slot> Slots { get; } = slots;

    public IReadOnlyList<Signal> Signals { get; } = signals;

    public abstract bool IsStateful { get; }

    public bool IsSource => false;

    public virtual void Wire(IReadOnlyList<InputWire> wires)
    {
        foreach (var wire in wires)
        {
            _ = SlotOf(wire);
        }
    }

    public virtual ValueTask InitAsync(RunnerContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public virtual ValueTask DeinitAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public abstract ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call);

    /// <summary>The number of the slot that a wire leads to.</summary>
    protected int SlotOf(InputWire wire)
    {
        var names = Slots.Select(slot => slot.Name).ToList();
        var index = wire.Slot is null ? wire.Position ?? -1 : names.IndexOf(wire.Slot);
        return index >= 0 && index < names.Count ? index
            : throw new WiringException(wire.Slot is null
                ? $"there are {names.Count} slots ({string.Join(", ", names)}), so nothing takes the value at position {wire.Position + 1}."
                : $"there is no slot {wire.Slot}. {Specification.Nearest.Hint(wire.Slot, names)}");
    }

    protected static void RefuseUnknownParams(IReadOnlyDictionary<string, object?> parameters, string[] known)
    {
        if (parameters.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new WiringException($"there is no param {unknown}. {Specification.Nearest.Hint(unknown, known)}");
        }
    }
}
