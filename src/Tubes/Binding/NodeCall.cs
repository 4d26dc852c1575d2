using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Binding;

/// <summary>What a node may be told about the call it is in. Reused: valid only until the call has completed.</summary>
public sealed class NodeCall(RunnerContext context)
{
    private IReadOnlyDictionary<string, TubeEvent>? _events;

    /// <summary>The runner that calls.</summary>
    public RunnerContext Context { get; } = context;

    /// <summary>The epoch of this call.</summary>
    public Epoch Epoch { get; private set; }

    /// <summary>Fires when the run is cancelled.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>The input events by slot name (by position, as "0", for positional ones). Includes the events of sources that gave no-event;
    /// inputs and assets are not events. Made when first asked for.</summary>
    public IReadOnlyDictionary<string, TubeEvent> Events => _events ??= EventSource?.Invoke() ?? new Dictionary<string, TubeEvent>();

    internal Func<IReadOnlyDictionary<string, TubeEvent>>? EventSource { get; init; }

    internal void Begin(Epoch epoch, CancellationToken cancellationToken)
    {
        Epoch = epoch;
        CancellationToken = cancellationToken;
        _events = null;
    }
}
