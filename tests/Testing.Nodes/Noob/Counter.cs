using Sluice.Tubes.Binding;

namespace Sluice.Testing.Nodes.Noob;

/// <summary>Counts up from its start: the asset that most asset tubes share, step and copy.</summary>
[NodeName("noob.testing.counter")]
public class Counter(long start = 0) : ICloneable
{
    public long Start { get; } = start;

    public long Current { get; private set; } = start;

    public long Next() => Current++;

    public object Clone() => MemberwiseClone();
}
