namespace Sluice.Instruments.Bench;

/// <summary>A load and the ways in which it is watched, the unwatched first.</summary>
internal interface IBenchCase : IAsyncDisposable
{
    string Name { get; }

    string Unit { get; }

    /// <summary>Operations of one slice: some 20 ms.</summary>
    int Operations { get; }

    /// <summary>How many contenders there are when each is measured in processes of its own; 0 when all are measured in this one.</summary>
    int Ways => 0;

    /// <summary>Rounds for slices that are longer; 0 for the usual number.</summary>
    int Rounds => 0;

    ValueTask<IReadOnlyList<Contender>> Contenders();
}
