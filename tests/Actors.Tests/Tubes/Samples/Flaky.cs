namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>Fails a number of times, then gives what came.</summary>
public sealed class Flaky(int failures)
{
    private int _left = failures;

    public int Process(int value) => _left-- > 0 ? throw new InvalidOperationException($"not yet, {value}") : value;
}
