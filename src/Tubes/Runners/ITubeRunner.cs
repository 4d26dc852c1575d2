using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;

namespace Sluice.Tubes.Runners;

/// <summary>
/// Takes a tube through epochs. One call at a time; <see cref="SyncForms"/> has the synchronous forms.
/// </summary>
public interface ITubeRunner : IAsyncDisposable
{
    /// <summary>The tube.</summary>
    Tube Tube { get; }

    /// <summary>The runner's id, 8 hexadecimal digits.</summary>
    string RunnerId { get; }

    /// <summary>Whether nodes and assets are initialised.</summary>
    bool Running { get; }

    /// <summary>How many process calls may be made for one result of <see cref="IterAsync"/>, the last included.</summary>
    int MaxIterLoops { get; set; }

    /// <summary>The last failure of a node; null when there was none since the last init.</summary>
    NodeFailure? LastFailure { get; }

    /// <summary>Initialises nodes, then runner-scoped assets. Does nothing when running. After an error nothing is left initialised.</summary>
    ValueTask InitAsync(CancellationToken cancellationToken = default);

    /// <summary>Deinitialises nodes, then releases assets; all of them, also when one fails. Does nothing when not running.</summary>
    ValueTask DeinitAsync(CancellationToken cancellationToken = default);

    /// <summary>Runs one epoch and gives what the return node collected; null when nothing. Initialises first when not running.</summary>
    /// <exception cref="Errors.InputMissingException">A required input is missing; no epoch was used.</exception>
    /// <exception cref="Errors.EndOfSourceException">A source has ended. The epoch is given up.</exception>
    /// <exception cref="Errors.EpochStalledException">Nothing can go on. The epoch is given up.</exception>
    /// <exception cref="Errors.TubeRunningException">Another call is going on; nothing was done.</exception>
    /// <remarks>A node's own exception comes out as thrown; the epoch is given up and its assets are released.</remarks>
    ValueTask<object?> ProcessAsync(IReadOnlyDictionary<string, object?>? inputs = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs <paramref name="epochs"/> epochs and gives the results that are not null, or null when there are none; without a number
    /// runs until a source ends, and gives nothing. Always deinitialises at the end.
    /// </summary>
    ValueTask<IReadOnlyList<object?>?> RunAsync(int? epochs = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Gives <paramref name="results"/> results that are not null, running as many epochs as that takes; without a return node, one null per epoch.
    /// Ends early when a source ends. Deinitialises at the end, also when the caller stops early.
    /// </summary>
    /// <exception cref="Errors.MaxIterLoopsException"><see cref="MaxIterLoops"/> epochs in a row gave no result.</exception>
    IAsyncEnumerable<object?> IterAsync(int? results = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs epochs one after another and gives each with its result, null where it returned nothing, in order; the caller's pace is the run's pace.
    /// Ends after <paramref name="epochs"/>, or when a source ends. Deinitialises at the end, also when the caller stops early.
    /// </summary>
    IAsyncEnumerable<EpochResult> EpochsAsync(long? epochs = null, CancellationToken cancellationToken = default);

    /// <summary>Lets a node take part, from the next epoch on; epochs are numbered from 0 again.</summary>
    /// <exception cref="Errors.UnknownNodeException">The tube has no such node.</exception>
    ValueTask EnableNodeAsync(string node, CancellationToken cancellationToken = default);

    /// <summary>Leaves a node out, from the next epoch on; epochs are numbered from 0 again.</summary>
    /// <exception cref="Errors.UnknownNodeException">The tube has no such node.</exception>
    ValueTask DisableNodeAsync(string node, CancellationToken cancellationToken = default);

    /// <summary>Calls back for every event, in order, on the thread that the runner is on. Dispose the result to stop.</summary>
    IDisposable AddCallback(Action<TubeEvent> callback);

    /// <summary>Takes what the return node has collected in an epoch that is still known (the last one by default); null when nothing.</summary>
    object? CollectReturn(Epoch? epoch = null);

    /// <summary>What nodes are told about this runner.</summary>
    RunnerContext GetContext();
}
