using Sluice.Instruments;
using Sluice.Instruments.Events;

namespace Sluice.Tubes.Watching;

/// <summary>What there was of a run before its first epoch, for those who join then: a run is carried out later than it begins, and by another.</summary>
internal sealed class RunBeginning(IInstrumented tube)
{
    private readonly List<IInstrumented> _registered = [];
    private readonly List<AssetEvent> _made = [];

    /// <summary>Whether the first epoch is still to come.</summary>
    public bool IsFresh { get; private set; }

    public void Begin()
    {
        End();
        IsFresh = true;
    }

    /// <summary>The first epoch begins, or the run ends without one.</summary>
    public void End()
    {
        IsFresh = false;
        _registered.Clear();
        _made.Clear();
    }

    /// <summary>A node takes part.</summary>
    public void Registered(IInstrumented node)
    {
        if (IsFresh)
        {
            _registered.Add(node);
        }
    }

    /// <summary>An asset of the runner was made, while <see cref="IsFresh"/>.</summary>
    public void Made(in AssetEvent asset) => _made.Add(asset);

    /// <summary>Tells one who joins of what it missed, in order.</summary>
    public void Tell(CompositeInstrument late)
    {
        late.OnRunStart(new RunStarted(tube));
        foreach (var node in _registered)
        {
            late.OnNodeRegistered(new NodeChanged(tube, node));
        }

        foreach (var asset in _made)
        {
            late.OnAssetMade(asset);
        }
    }
}
