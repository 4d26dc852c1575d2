namespace Sluice.Kernel.Actor.Cells;

/// <summary>What an actor does once the children that it is waiting for have ended.</summary>
internal abstract record AfterChildren
{
    private AfterChildren()
    {
    }

    /// <summary>Make the first instance after one that could not be made.</summary>
    public sealed record Create : AfterChildren;

    /// <summary>Make the next instance.</summary>
    public sealed record Recreate(Exception Cause) : AfterChildren;

    /// <summary>End.</summary>
    public sealed record Terminate : AfterChildren;
}
