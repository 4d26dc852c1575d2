namespace Sluice.Tubes.Tests.Samples;

/// <summary>Fails so many times, then gives the number of the attempt.</summary>
public sealed class Flaky(int failures)
{
    private int _attempts;

    public int Process() => ++_attempts <= failures ? throw new InvalidOperationException($"attempt {_attempts}") : _attempts;
}
