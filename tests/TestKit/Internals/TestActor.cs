using Sluice.Kernel.Actor;

namespace Sluice.TestKit.Internals;

/// <summary>The actor behind a test kit or probe: keeps what it gets for the test.</summary>
internal sealed class TestActor(Received received) : UntypedActor
{
    private AutoPilot _autoPilot = NoAutoPilot.Instance;

    public Func<object, bool>? Ignore { get; set; }

    public AutoPilot AutoPilot
    {
        set => _autoPilot = value;
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Instruction instruction:
                instruction.Carry(this, Context);
                break;
            case ActorIdentity { MessageId: Instruction marker }:
                marker.Carry(this, Context);
                break;
            default:
                Keep(message);
                break;
        }
    }

    private void Keep(object message)
    {
        if (_autoPilot is not NoAutoPilot && _autoPilot.Run(Sender, message) is var next and not KeepRunning)
        {
            _autoPilot = next;
        }
        if (Ignore?.Invoke(message) is not true)
        {
            received.Add(new Envelope(message, Sender));
        }
    }
}
