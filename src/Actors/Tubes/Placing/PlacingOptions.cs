namespace Sluice.Actors.Tubes.Placing;

/// <summary>How nodes find their places.</summary>
public sealed record PlacingOptions
{
    /// <summary>How long a node whose member is lost, or whose role nobody has, waits for another member before its calls fail.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether nodes with state are spread like those without, also where the tube does not ask for it. A lost member's are made again from their calls.</summary>
    public bool WithState { get; init; }

    /// <summary>
    /// How many calls of a node with state are kept, to be made again elsewhere when its member is lost. When there were more, the loss of its
    /// member fails the run: the node would go on with a state that it never had.
    /// </summary>
    public int KeptCalls { get; init; } = 10_000;

    /// <summary>How many bytes of inputs those calls may hold.</summary>
    public long KeptBytes { get; init; } = 16 << 20;

    /// <summary>The pause before a node looks for a place again.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);
}
