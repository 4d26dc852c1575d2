using System.Collections.Concurrent;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Sampling;

/// <summary>Counts the failures of nodes, all of them: it sees nothing else, so that a tube whose nodes do not fail pays nothing for it.</summary>
internal sealed class NodeErrors : TubeInstrument
{
    private readonly ConcurrentDictionary<(string Tube, string Node), long> _failed = [];

    public override bool IsSelfContained => true;

    public override void OnNodeError(in NodeTurn turn) => _failed.AddOrUpdate((turn.Tube.Name, turn.Node.Name), 1, static (_, count) => count + 1);

    /// <summary>The samples with all failures so far, those of nodes too of which no call was seen.</summary>
    public IReadOnlyList<NodeSample> AddTo(IReadOnlyList<NodeSample> samples)
    {
        var failed = _failed.ToArray().ToDictionary();
        return
        [
            .. samples.Select(sample => failed.Remove((sample.Tube, sample.Node), out var count) ? sample with { Faults = count } : sample),
            .. failed.Select(node => new NodeSample(node.Key.Tube, node.Key.Node, 0, TimeSpan.Zero, 0, 0, node.Value)),
        ];
    }
}
