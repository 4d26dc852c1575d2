namespace Sluice.Instruments.Events;

/// <summary>
/// How often the nodes of a tube were called since this was told last. Summed up over a run it is exactly the calls for which
/// <see cref="TubeInstrument.OnNodeFinish"/> fires.
/// </summary>
/// <param name="tube">The running tube.</param>
/// <param name="nodes">The nodes of the tube, also those that were not called.</param>
/// <param name="calls">For each of them: how many of its calls have ended, well or not.</param>
/// <param name="total">The sum of <paramref name="calls"/>.</param>
public readonly ref struct NodeCalls(IInstrumented tube, ReadOnlySpan<IInstrumented> nodes, ReadOnlySpan<int> calls, int total)
{
    /// <summary>The running tube.</summary>
    public IInstrumented Tube { get; } = tube;

    /// <summary>The nodes of the tube, also those that were not called.</summary>
    public ReadOnlySpan<IInstrumented> Nodes { get; } = nodes;

    /// <summary>For each of <see cref="Nodes"/>: how many of its calls have ended, well or not. Valid only during the hook.</summary>
    public ReadOnlySpan<int> Calls { get; } = calls;

    /// <summary>The sum of <see cref="Calls"/>.</summary>
    public int Total { get; } = total;
}
