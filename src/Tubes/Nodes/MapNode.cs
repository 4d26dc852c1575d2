using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Nodes;

/// <summary>Gives each element of a list an epoch of its own. Its first result is the list itself; the scheduler deals it out.</summary>
internal sealed class MapNode : SpecialNode
{
    public MapNode(IReadOnlyDictionary<string, object?> parameters)
        : base([new Slot("value", typeof(object), true)], [new Signal("value", typeof(object)), new Signal("n", typeof(int))]) =>
        RefuseUnknownParams(parameters, []);

    public override bool IsStateful => false;

    public override void Wire(IReadOnlyList<InputWire> wires)
    {
        base.Wire(wires);
        if (wires.Count == 0)
        {
            throw new WiringException("the slot value is not given; add it to depends.");
        }
    }

    public override ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        var elements = Elements.Of(inputs[0], "the slot value of a map");
        results[0] = elements.Count == 0 ? NoEvent.Value : elements;
        results[1] = elements.Count == 0 ? NoEvent.Value : elements.Count;
        return ValueTask.CompletedTask;
    }
}
