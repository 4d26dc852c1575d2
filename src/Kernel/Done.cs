namespace Sluice.Kernel;

/// <summary>Says that something is done, where there is nothing else to say.</summary>
public sealed class Done
{
    private Done()
    {
    }

    /// <summary>The one value.</summary>
    public static Done Instance { get; } = new();
}
