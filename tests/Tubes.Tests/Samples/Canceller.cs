namespace Sluice.Tubes.Tests.Samples;

/// <summary>Passes values on, and cancels what it was armed with in its next call.</summary>
public sealed class Canceller
{
    private static readonly AsyncLocal<CancellationTokenSource?> Armed = new();

    public static CancellationTokenSource Arm() => Armed.Value = new CancellationTokenSource();

    public static int Process(int value)
    {
        Armed.Value?.Cancel();
        return value;
    }
}
