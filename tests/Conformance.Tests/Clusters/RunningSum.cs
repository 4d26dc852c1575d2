namespace Sluice.Conformance.Tests.Clusters;

/// <summary>A node with state: the sum of everything so far.</summary>
public sealed class RunningSum
{
    private long _sum;

    public long Process(long value) => _sum += value;
}
