using Sluice.Tubes.Binding;

namespace Sluice.Testing.Nodes.Noob;

/// <summary>Holds anything, for ever.</summary>
[NodeName("noob.testing.AnyAsset")]
public sealed class AnyAsset : Asset
{
    public AnyAsset(object? obj = null) => Obj = obj;

    public override ValueTask Deinit() => default;
}
