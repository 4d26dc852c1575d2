namespace Sluice.Instruments.Events;

/// <summary>A run of a tube begins.</summary>
/// <param name="Tube">The running tube.</param>
public readonly record struct RunStarted(IInstrumented Tube);

/// <summary>A run of a tube is over.</summary>
/// <param name="Tube">The tube that ran.</param>
/// <param name="Fault">What ended it, if it failed.</param>
/// <param name="Elapsed">How long it took; zero unless an instrument needs timing.</param>
public readonly record struct RunEnded(IInstrumented Tube, Exception? Fault, TimeSpan Elapsed);

/// <summary>An epoch begins or is over.</summary>
/// <param name="tube">The running tube.</param>
/// <param name="epoch">The epoch; see <see cref="ItemView.Of{T}"/>.</param>
/// <param name="fault">What ended it, if it failed.</param>
/// <param name="elapsed">How long it took; zero at its start, or unless an instrument needs timing.</param>
public readonly ref struct EpochEvent(IInstrumented tube, ItemView epoch, Exception? fault = null, TimeSpan elapsed = default)
{
    /// <summary>The running tube.</summary>
    public IInstrumented Tube { get; } = tube;

    /// <summary>The epoch.</summary>
    public ItemView Epoch { get; } = epoch;

    /// <summary>What ended it, if it failed.</summary>
    public Exception? Fault { get; } = fault;

    /// <summary>How long it took; zero at its start, or unless an instrument needs timing.</summary>
    public TimeSpan Elapsed { get; } = elapsed;
}

/// <summary>A node was registered, enabled or disabled: which, is said by the hook.</summary>
/// <param name="Tube">The running tube.</param>
/// <param name="Node">The node.</param>
public readonly record struct NodeChanged(IInstrumented Tube, IInstrumented Node);

/// <summary>A node is ready, starts, or has finished in an epoch: which, is said by the hook.</summary>
/// <param name="tube">The running tube.</param>
/// <param name="node">The node.</param>
/// <param name="epoch">The epoch.</param>
/// <param name="fault">What its code threw, if it failed.</param>
/// <param name="elapsed">How long its code took; zero before, or unless an instrument needs timing.</param>
public readonly ref struct NodeTurn(
    IInstrumented tube, IInstrumented node, ItemView epoch, Exception? fault = null, TimeSpan elapsed = default)
{
    /// <summary>The running tube.</summary>
    public IInstrumented Tube { get; } = tube;

    /// <summary>The node.</summary>
    public IInstrumented Node { get; } = node;

    /// <summary>The epoch.</summary>
    public ItemView Epoch { get; } = epoch;

    /// <summary>What its code threw, if it failed.</summary>
    public Exception? Fault { get; } = fault;

    /// <summary>How long its code took; zero before, or unless an instrument needs timing.</summary>
    public TimeSpan Elapsed { get; } = elapsed;
}

/// <summary>A node emitted an event on a signal, or said that there is none.</summary>
/// <param name="tube">The running tube.</param>
/// <param name="node">The node.</param>
/// <param name="epoch">The epoch.</param>
/// <param name="signal">The signal's name.</param>
/// <param name="value">What was emitted; empty for a no-event.</param>
public readonly ref struct NodeSignal(IInstrumented tube, IInstrumented node, ItemView epoch, string signal, ItemView value = default)
{
    /// <summary>The running tube.</summary>
    public IInstrumented Tube { get; } = tube;

    /// <summary>The node.</summary>
    public IInstrumented Node { get; } = node;

    /// <summary>The epoch.</summary>
    public ItemView Epoch { get; } = epoch;

    /// <summary>The signal's name.</summary>
    public string Signal { get; } = signal;

    /// <summary>What was emitted; empty for a no-event.</summary>
    public ItemView Value { get; } = value;
}

/// <summary>A node waits for a slot.</summary>
/// <param name="tube">The running tube.</param>
/// <param name="node">The node.</param>
/// <param name="epoch">The epoch.</param>
/// <param name="slot">The name of the slot that is not filled.</param>
public readonly ref struct NodeWaiting(IInstrumented tube, IInstrumented node, ItemView epoch, string slot)
{
    /// <summary>The running tube.</summary>
    public IInstrumented Tube { get; } = tube;

    /// <summary>The node.</summary>
    public IInstrumented Node { get; } = node;

    /// <summary>The epoch.</summary>
    public ItemView Epoch { get; } = epoch;

    /// <summary>The name of the slot that is not filled.</summary>
    public string Slot { get; } = slot;
}

/// <summary>An asset was made or released: which, is said by the hook.</summary>
/// <param name="Owner">The tube, or for an asset of the process whatever made it.</param>
/// <param name="Asset">The asset's name.</param>
/// <param name="Scope">How long it lives: <c>runner</c>, <c>process</c> or <c>node</c>.</param>
/// <param name="Value">The asset itself.</param>
public readonly record struct AssetEvent(IInstrumented Owner, string Asset, string Scope, object? Value);
