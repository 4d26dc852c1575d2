namespace Sluice.Testing.Nodes.Noob;

/// <summary>A counter that also counts its own beginnings and ends, each of which takes a step.</summary>
public sealed class LifecycleCounter : Counter, IDisposable
{
    public LifecycleCounter(long start = 0)
        : base(start)
    {
        Entered++;
        Next();
    }

    public int Entered { get; private set; }

    public int Exited { get; private set; }

    public void Dispose()
    {
        Next();
        Exited++;
    }
}
