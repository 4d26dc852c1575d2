namespace Sluice.Instruments.Bench;

/// <summary>A load and the ways in which it is watched, the unwatched first.</summary>
internal interface IBenchCase : IAsyncDisposable
{
    string Name { get; }

    string Unit { get; }

    /// <summary>Operations of one slice: some 20 ms.</summary>
    int Operations { get; }

    ValueTask<IReadOnlyList<Contender>> Contenders();
}
