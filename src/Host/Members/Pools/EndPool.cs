namespace Sluice.Host.Members.Pools;

/// <summary>To a pool's entity: stop taking sends, close the journal, end.</summary>
internal sealed class EndPool
{
    public static EndPool Instance { get; } = new();
}
