namespace Sluice.Conformance.Tests.Clusters;

/// <summary>A node with state: how often each key came.</summary>
public sealed class KeyedSum
{
    private readonly Dictionary<string, long> _seen = [];

    public long Process(string key)
    {
        _seen[key] = _seen.GetValueOrDefault(key) + 1;
        return _seen[key];
    }
}
