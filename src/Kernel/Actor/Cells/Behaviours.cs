namespace Sluice.Kernel.Actor.Cells;

/// <summary>The behaviours that an actor became, above its first one.</summary>
internal sealed class Behaviours
{
    private readonly Stack<Receive?> _stack = new();

    /// <summary>The behaviour in force; <c>null</c> for the actor's first.</summary>
    public Receive? Top { get; private set; }

    public static Receive Total(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };

    public void Replace(Receive receive) => Top = receive;

    public void Push(Receive receive)
    {
        _stack.Push(Top);
        Top = receive;
    }

    public void Pop() => Top = _stack.TryPop(out var below) ? below : null;
}
