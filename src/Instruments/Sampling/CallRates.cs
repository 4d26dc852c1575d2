using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Sampling;

/// <summary>
/// Counts calls for a short while and does nothing else, so that they go as fast as they would unseen: those that are timed do not, and would be
/// taken for a slower tube.
/// </summary>
internal sealed class CallRates : TubeInstrument
{
    private readonly ConcurrentDictionary<IInstrumented, StrongBox<long>> _nodes = [];

    public override bool IsSelfContained => true;

    public override void OnNodeFinish(in NodeTurn turn) =>
        Interlocked.Increment(ref (_nodes.TryGetValue(turn.Node, out var count) ? count : _nodes.GetOrAdd(turn.Node, new StrongBox<long>())).Value);

    /// <summary>How many calls of each node were seen, by tube and node.</summary>
    public Dictionary<(string? Tube, string Node), long> Counts() =>
        _nodes.ToDictionary(node => (node.Key.Parent?.Name, node.Key.Name), node => Volatile.Read(ref node.Value.Value));
}
