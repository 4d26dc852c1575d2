using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Tests;

[WireMessage]
public sealed record Greeting(string Text, int Number);

[WireMessage(Name = "letter")]
public sealed record Letter(IActorRef AnswerTo, Greeting Inside);

[WireMessage]
public sealed record Shapes(IReadOnlyList<Shape> All);

public abstract record Shape
{
    [WireMessage]
    public sealed record Circle(double Radius) : Shape;

    [WireMessage]
    public sealed record Square(double Side) : Shape;
}

public sealed record Unregistered(string Text);

/// <summary>Answers every message with itself.</summary>
public sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Letter letter:
                letter.AnswerTo.Tell(letter.Inside, Self);
                break;
            case "fail":
                Sender.Tell(new Status.Failure(new InvalidOperationException("as you wished")), Self);
                break;
            default:
                Sender.Tell(message, Self);
                break;
        }
    }
}
