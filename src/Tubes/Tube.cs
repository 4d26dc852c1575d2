using System.Runtime.ExceptionServices;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Inputs;
using Sluice.Tubes.Nodes;
using Sluice.Tubes.Specification;

namespace Sluice.Tubes;

/// <summary>
/// A specification bound to its code, with the inputs it was built with. The state of its nodes lives here, so one runner at a time; it survives
/// runners, and is disposed with the tube.
/// </summary>
public sealed class Tube : IAsyncDisposable
{
    internal Tube(TubeSpecification specification, TubeInputs inputs, IReadOnlyList<TubeNode> nodes, IReadOnlyList<TubeAsset> assets)
    {
        Specification = specification;
        Inputs = inputs;
        Nodes = nodes;
        Assets = assets;
    }

    /// <summary>The tube's id.</summary>
    public string Id => Specification.Id;

    /// <summary>What is written.</summary>
    public TubeSpecification Specification { get; }

    /// <summary>The nodes, in the order written.</summary>
    public IReadOnlyList<TubeNode> Nodes { get; }

    /// <summary>The assets, in the order written.</summary>
    public IReadOnlyList<TubeAsset> Assets { get; }

    /// <summary>What was said about inputs that the tube does not know; they are ignored.</summary>
    public IReadOnlyList<string> Warnings => Inputs.Warnings;

    internal TubeInputs Inputs { get; }

    /// <summary>Binds a specification to code.</summary>
    /// <exception cref="Errors.InvalidTubeException">Slots, signals or params do not fit the code; says where and what to do.</exception>
    /// <exception cref="Errors.UnknownNodeTypeException">A type names nothing that is loaded.</exception>
    /// <exception cref="Errors.InputMissingException">A required tube input was not given.</exception>
    public static Tube Build(TubeSpecification specification, INodeTypes types, TubeOptions? options = null) =>
        new TubeBuilder(specification, types, options ?? TubeOptions.None).Build();

    /// <summary>Finds a node.</summary>
    /// <exception cref="Errors.UnknownNodeException">The tube has no node with this id.</exception>
    public TubeNode Node(string id) => Nodes.FirstOrDefault(node => node.Id == id)
        ?? throw new Errors.UnknownNodeException($"The tube {Id} has no node {id}. {Nearest.Hint(id, [.. Nodes.Select(node => node.Id)])}");

    /// <summary>Ends generators and disposes node objects that can be, once no runner uses them any more. All of them, also when one fails.</summary>
    public async ValueTask DisposeAsync()
    {
        var failures = new List<Exception>();
        foreach (var code in Nodes.Select(node => node.Code).OfType<IAsyncDisposable>())
        {
            try
            {
                await code.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                // The others hold resources too; the caller hears of the first failure when all is done.
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            ExceptionDispatchInfo.Throw(failures[0]);
        }
    }
}
