using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Sampling;

/// <summary>Counts and times the calls of nodes, from when it joins until it has seen as many as it may.</summary>
/// <param name="calls">How many it may see, unless it is allowed more.</param>
/// <param name="time">Times how long it looked.</param>
internal sealed class NodeSampler(int calls, TimeProvider time) : TubeInstrument
{
    private readonly ConcurrentDictionary<IInstrumented, NodeCounts> _nodes = [];
    private readonly ConcurrentDictionary<(IInstrumented Node, object? Epoch), long> _ready = [];
    private readonly ConcurrentDictionary<(IInstrumented Node, object? Epoch), long> _called = [];
    private long _began = time.GetTimestamp();
    private long _fullAt;
    private int _left = calls;

    public override bool IsSelfContained => true;

    /// <summary>Called when it has seen as many as it may, and wants to see no more.</summary>
    public Action? Full { get; set; }

    /// <summary>Whether it has seen as many as it may.</summary>
    public bool IsFull => Volatile.Read(ref _left) <= 0;

    /// <summary>How long it looked: until it was full, or until now. Rates over less than all of it are <see cref="BeginAgain"/>'s.</summary>
    public TimeSpan Looked => time.GetElapsedTime(_began, IsFull && Volatile.Read(ref _fullAt) is not 0 and var full ? full : time.GetTimestamp());

    /// <summary>It may see so many from now on.</summary>
    public void Allow(int more)
    {
        if (!IsFull)
        {
            Volatile.Write(ref _left, more);
        }
    }

    /// <summary>What there was, as rates.</summary>
    public IReadOnlyList<NodeSample> Over(TimeSpan looked, bool isComplete) => [.. _nodes.Values.Select(node => node.Over(looked, isComplete))];

    /// <summary>Rates are of what comes from now on.</summary>
    public void BeginAgain()
    {
        _began = time.GetTimestamp();
        foreach (var node in _nodes.Values)
        {
            node.BeginAgain();
        }
    }

    public override void OnNodeReady(in NodeTurn turn)
    {
        CountsOf(turn.Tube, turn.Node).Readied();
        _ready[(turn.Node, turn.Epoch.Value)] = Stopwatch.GetTimestamp();
    }

    public override void OnNodeStart(in NodeTurn turn)
    {
        var call = (turn.Node, turn.Epoch.Value);
        if (_ready.TryRemove(call, out var readied))
        {
            var now = Stopwatch.GetTimestamp();
            CountsOf(turn.Tube, turn.Node).Started(now - readied);
            _called[call] = now;
        }
    }

    /// <summary>A call whose beginning was not seen does not count.</summary>
    public override void OnNodeFinish(in NodeTurn turn)
    {
        if (_called.TryRemove((turn.Node, turn.Epoch.Value), out var called))
        {
            CountsOf(turn.Tube, turn.Node).Ended(Stopwatch.GetTimestamp() - called);
            if (Interlocked.Decrement(ref _left) == 0)
            {
                Volatile.Write(ref _fullAt, time.GetTimestamp());
                Full?.Invoke();
            }
        }
    }

    private NodeCounts CountsOf(IInstrumented tube, IInstrumented node) =>
        _nodes.TryGetValue(node, out var counts) ? counts : _nodes.GetOrAdd(node, new NodeCounts(tube.Name, node.Name));
}
