namespace Sluice.Actors.Tubes.Placing;

/// <summary>How nodes find their places.</summary>
public sealed record PlacingOptions
{
    /// <summary>How long a node whose member is lost, or whose role nobody has, waits for another member before its calls fail.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether nodes with state are spread like those without, also where the tube does not ask for it. Their state is lost with their member.</summary>
    public bool WithState { get; init; }

    /// <summary>The pause before a node looks for a place again.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);
}
