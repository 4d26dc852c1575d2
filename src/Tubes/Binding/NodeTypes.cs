using System.Reflection;
using Sluice.Tubes.Binding.Assets;
using Sluice.Tubes.Binding.Calls;
using Sluice.Tubes.Binding.Resolution;

namespace Sluice.Tubes.Binding;

/// <summary>
/// Finds nodes and assets in C# code: <c>Assembly:Namespace.Type.Method</c>, <c>Namespace.Type.Method</c>, <c>Namespace.Type</c>, a name given
/// with <see cref="NodeNameAttribute"/>, or the short name of something in the given assemblies; as written, else ignoring case and underscores.
/// </summary>
public sealed class NodeTypes : INodeTypes
{
    private readonly NodeResolver _resolver;

    /// <summary>Looks in these assemblies first, then among the builtins (<c>sum</c>, <c>len</c>, <c>list</c> …) and in whatever else is loaded.</summary>
    public NodeTypes(IReadOnlyList<Assembly> assemblies) => _resolver = new NodeResolver(assemblies);

    /// <inheritdoc/>
    public INodeCode BindNode(string type, string nodeId, IReadOnlyDictionary<string, object?> parameters) =>
        new MethodNode(_resolver.Resolve(type), nodeId, parameters);

    /// <inheritdoc/>
    public IAssetCode BindAsset(string type, string assetId, IReadOnlyDictionary<string, object?> parameters) =>
        AssetCodes.Of(_resolver.Resolve(type), assetId, parameters);
}
