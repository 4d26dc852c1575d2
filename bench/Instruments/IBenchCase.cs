namespace Sluice.Instruments.Bench;

/// <summary>A load and the ways in which it is watched, the unwatched first.</summary>
internal interface IBenchCase : IAsyncDisposable
{
    string Name { get; }

    string Unit { get; }

    /// <summary>Operations of one slice: some 20 ms.</summary>
    int Operations { get; }

    /// <summary>Rounds for slices that are longer; 0 for the usual number.</summary>
    int Rounds => 0;

    ValueTask<IReadOnlyList<Contender>> Contenders();
}
