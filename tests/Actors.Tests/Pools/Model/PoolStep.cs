namespace Sluice.Actors.Tests.Pools.Model;

/// <summary>One thing that happens to a pool.</summary>
/// <param name="Action">What.</param>
/// <param name="Count">How many items are sent, or which trouble the sink makes.</param>
internal sealed record PoolStep(PoolAction Action, int Count)
{
    public override string ToString() => $"{Action} {Count}";
}
