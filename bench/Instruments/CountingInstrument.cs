using Sluice.Instruments.Events;

namespace Sluice.Instruments.Bench;

/// <summary>Counts what is put into mailboxes, what is taken out, and what nodes do, exactly; told once per run of messages and per epoch.</summary>
internal sealed class CountingInstrument : TubeInstrument
{
    private long _puts;
    private long _gets;
    private long _nodes;

    public override bool IsSelfContained => true;

    public override void OnMailboxRun(in MailboxRun run)
    {
        Interlocked.Add(ref _puts, run.Put);
        Interlocked.Add(ref _gets, run.Taken);
    }

    // A tube tells of its epochs one after another, and here is but one.
    public override void OnNodeCalls(in NodeCalls calls) => _nodes += calls.Total;

    public override string ToString() => $"{_puts} put, {_gets} taken, {_nodes} nodes";
}
