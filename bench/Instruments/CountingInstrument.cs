using Sluice.Instruments.Events;

namespace Sluice.Instruments.Bench;

/// <summary>Counts what is put into mailboxes, what is taken out, and what nodes do, exactly; told once per run of messages.</summary>
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

    // A runner calls its quick nodes one at a time.
    public override void OnNodeFinish(in NodeTurn turn) => _nodes++;

    public override string ToString() => $"{_puts} put, {_gets} taken, {_nodes} nodes";
}
