using Sluice.Instruments.Events;

namespace Sluice.Instruments;

/// <summary>Watches tubes as well as the event loop. Every hook does nothing; override what you want.</summary>
public abstract class TubeInstrument : EventLoopInstrument
{
    /// <inheritdoc cref="EventLoopInstrument()"/>
    protected TubeInstrument()
    {
    }

    /// <inheritdoc cref="EventLoopInstrument(InstrumentHooks)"/>
    protected TubeInstrument(InstrumentHooks only)
        : base(only)
    {
    }

    /// <summary>A run of a tube begins.</summary>
    public virtual void OnRunStart(in RunStarted run)
    {
    }

    /// <summary>A run of a tube is over.</summary>
    public virtual void OnRunEnd(in RunEnded run)
    {
    }

    /// <summary>An epoch begins.</summary>
    public virtual void OnEpochStart(in EpochEvent epoch)
    {
    }

    /// <summary>An epoch is over.</summary>
    public virtual void OnEpochEnd(in EpochEvent epoch)
    {
    }

    /// <summary>A node joined the run.</summary>
    public virtual void OnNodeRegistered(in NodeChanged node)
    {
    }

    /// <summary>A node has all its inputs for an epoch.</summary>
    public virtual void OnNodeReady(in NodeTurn turn)
    {
    }

    /// <summary>A node's code begins.</summary>
    public virtual void OnNodeStart(in NodeTurn turn)
    {
    }

    /// <summary>A node's code is done; after <see cref="OnNodeError"/> if it failed.</summary>
    public virtual void OnNodeFinish(in NodeTurn turn)
    {
    }

    /// <summary>
    /// An epoch, or the run, is over: how often each node was called since this was told last. For instruments that only count: it fires once per
    /// epoch, misses no call, and leaves the calls of quick nodes as they are, where <see cref="OnNodeFinish"/> costs as much as the call of a node
    /// that does nothing.
    /// </summary>
    public virtual void OnNodeCalls(in NodeCalls calls)
    {
    }

    /// <summary>A node emitted an event.</summary>
    public virtual void OnNodeEmitted(in NodeSignal emitted)
    {
    }

    /// <summary>A node said that a signal has no event in this epoch.</summary>
    public virtual void OnNodeNoEvent(in NodeSignal signal)
    {
    }

    /// <summary>A node's code failed.</summary>
    public virtual void OnNodeError(in NodeTurn turn)
    {
    }

    /// <summary>A node was enabled.</summary>
    public virtual void OnNodeEnabled(in NodeChanged node)
    {
    }

    /// <summary>A node was disabled.</summary>
    public virtual void OnNodeDisabled(in NodeChanged node)
    {
    }

    /// <summary>A node waits for a slot that nothing fills for now.</summary>
    public virtual void OnNodeStalled(in NodeWaiting waiting)
    {
    }

    /// <summary>An asset was made.</summary>
    public virtual void OnAssetMade(in AssetEvent asset)
    {
    }

    /// <summary>An asset was released.</summary>
    public virtual void OnAssetReleased(in AssetEvent asset)
    {
    }
}
