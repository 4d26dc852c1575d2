using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Specification;

namespace Sluice.Host.Running;

/// <summary>What a command line says about a tube: where it is, where its code is, what it is given.</summary>
/// <param name="Name">A YAML file, or the id of a tube in one of <paramref name="Folders"/>.</param>
/// <param name="Nodes">Assemblies, C# files or projects with node code; <c>nodes.cs</c> beside the tube is found by itself.</param>
/// <param name="Folders">Where tubes are looked up by id.</param>
/// <param name="Inputs">Tube inputs by name.</param>
internal sealed record TubeReference(
    string Name, IReadOnlyList<string> Nodes, IReadOnlyList<string> Folders, IReadOnlyDictionary<string, object?> Inputs)
{
    /// <summary>Reads the tube, loads its code, binds one to the other. Nothing is started.</summary>
    /// <exception cref="Sluice.Tubes.Errors.TubeException">The tube or its code is wrong; the message names the place.</exception>
    public Task<Tube> LoadAsync(CancellationToken cancellationToken) => LoadAsync(null, cancellationToken);

    /// <inheritdoc cref="LoadAsync(CancellationToken)"/>
    /// <param name="placing">Says where nodes run; null for here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Tube> LoadAsync(INodePlacing? placing, CancellationToken cancellationToken)
    {
        var library = new TubeLibrary(Folders);
        var specification = library.Load(Name);
        var assemblies = await new NodeSources().LoadAsync([.. Beside(specification), .. Nodes], cancellationToken).ConfigureAwait(false);
        return Tube.Build(specification, new NodeTypes(assemblies), new TubeOptions { Inputs = Inputs, Library = library, Placing = placing });
    }

    private static IEnumerable<string> Beside(TubeSpecification specification)
    {
        var file = specification.Folder is null ? null : Path.Combine(specification.Folder, NodeSources.FileBesideTube);
        return File.Exists(file) ? [file] : [];
    }
}
