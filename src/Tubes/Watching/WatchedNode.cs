using Sluice.Instruments;

namespace Sluice.Tubes.Watching;

/// <summary>A node as instruments see it: by its id, inside its tube.</summary>
internal sealed class WatchedNode(TubeWatch tube, string id) : IInstrumented
{
    public string Name => id;

    public string Kind => "node";

    public IInstrumented Parent => tube;
}
