namespace Sluice.Cluster.Bench;

/// <summary>Nodes that do next to nothing, so that what is measured is the way between them.</summary>
public static class BenchNodes
{
    public static IEnumerable<long> Count()
    {
        for (var i = 0L; ; i++)
        {
            yield return i;
        }
    }

    public static long Next(long value) => value + 1;
}
