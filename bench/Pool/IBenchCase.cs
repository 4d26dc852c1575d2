using Sluice.Measuring;

namespace Sluice.Pool.Bench;

/// <summary>Something that we and our peers can do, a number of times.</summary>
internal interface IBenchCase : IAsyncDisposable
{
    string Name { get; }

    string Unit { get; }

    /// <summary>Operations of one repetition at scale 1: about 100 ms.</summary>
    int Operations { get; }

    /// <summary>The contenders, ours first.</summary>
    IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; }

    /// <summary>What was counted on the side, as rows of their own.</summary>
    IEnumerable<Row> Extras() => [];
}
