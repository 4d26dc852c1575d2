using Sluice.Instruments.Events;

namespace Sluice.Instruments.Bench;

/// <summary>A counting instrument as anybody would write it: overrides the hook and counts, and knows nothing of what makes it quicker.</summary>
internal sealed class PlainCountingInstrument : TubeInstrument
{
    private long _messages;
    private long _items;
    private long _nodes;

    public override void OnTaskBeforeSend(in TaskTurn turn) => _messages++;

    public override void OnQueueGet(in QueueEvent get) => _items++;

    public override void OnNodeFinish(in NodeTurn turn) => _nodes++;

    public override string ToString() => $"{_messages} messages, {_items} items, {_nodes} nodes";
}
