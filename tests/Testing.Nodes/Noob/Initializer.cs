using Sluice.Tubes.Binding;

namespace Sluice.Testing.Nodes.Noob;

/// <summary>Is true while it lives.</summary>
[NodeName("noob.testing.Initializer")]
public sealed class Initializer : Asset
{
    public Initializer() => Obj = false;

    public override ValueTask Init(CancellationToken cancellationToken)
    {
        Obj = true;
        return default;
    }

    public override ValueTask Deinit()
    {
        Obj = false;
        return default;
    }
}
