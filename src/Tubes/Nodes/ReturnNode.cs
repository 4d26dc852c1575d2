using Sluice.Tubes.Binding;

namespace Sluice.Tubes.Nodes;

/// <summary>Marks what a process call returns. The runner keeps the values; the node itself has nothing to say.</summary>
internal sealed class ReturnNode : SpecialNode
{
    public ReturnNode(IReadOnlyDictionary<string, object?> parameters)
        : base(
            [new Slot("values", typeof(object), true, SlotKind.PositionalRest), new Slot("results", typeof(object), false, SlotKind.KeywordRest)],
            [new Signal("value", typeof(NoEvent))]) =>
        RefuseUnknownParams(parameters, []);

    public override bool IsStateful => false;

    public override void Wire(IReadOnlyList<InputWire> wires)
    {
    }

    public override ValueTask CallAsync(object?[] inputs, object?[] results, NodeCall call)
    {
        results[0] = NoEvent.Value;
        return ValueTask.CompletedTask;
    }
}
