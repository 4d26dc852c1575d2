using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Tubes.Runners.Lines;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Watching;

/// <summary>
/// Tells those who watch what the compiled calls of one epoch on a straight line do. Part of it is written into the code of the line, where
/// somebody wants to know: so it asks nothing there that can be asked once.
/// </summary>
internal sealed class LineWatch
{
    // Whether those who watch are still there need not be asked at the end of every epoch that nobody wants to hear of.
    private const uint EndsPerLook = 16;

    private readonly TubeWatch _watch;
    private readonly EpochFrame _frame;
    private readonly IReadOnlyList<PlanNode> _order;
    private readonly IInstrumented[] _nodes;
    private readonly int[] _each;
    private readonly int _length;
    private CompositeInstrument? _watching;
    private bool _wantsTime;
    private bool _counts;
    private bool _wantsEnd;
    private bool _wasWhole;
    private uint _ends;

    public LineWatch(TubeWatch watch, EpochFrame frame, IReadOnlyList<PlanNode> order)
    {
        (_watch, _frame, _order, _nodes) = (watch, frame, order, watch.Nodes);
        _length = order.Count;
        _each = new int[_nodes.Length];
        foreach (var node in order)
        {
            _each[node.Index] = 1;
        }
    }

    /// <summary>What those who watch want to know of each call.</summary>
    public LineHooks Hooks { get; private set; }

    /// <summary>An epoch begins. False when those who watch want what compiled calls cannot tell: how long they take.</summary>
    public bool TryBegin()
    {
        if (_watching != _watch.Watchers)
        {
            Watch(_watch.Watchers);
        }

        _wasWhole = false;
        return !_wantsTime;
    }

    /// <summary>A call begins.</summary>
    public void Started(int node)
    {
        var epoch = _frame.Epoch;
        _watching!.OnNodeStart(new NodeTurn(_watch, _nodes[node], ItemView.Of(in epoch)));
    }

    /// <summary>A call has ended well.</summary>
    public void Finished(int node)
    {
        var epoch = _frame.Epoch;
        _watching!.OnNodeFinish(new NodeTurn(_watch, _nodes[node], ItemView.Of(in epoch)));
    }

    /// <summary>A call gave something, or nothing, on a signal.</summary>
    public void Emitted(int signal, object? value) => _watch.Emitted(_frame.Epoch, _frame.Plan.SignalArray[signal], value);

    /// <summary>A call has failed.</summary>
    public void Failed(int place, Exception failure, CancellationToken cancellationToken)
    {
        if (_watching?.Sees(InstrumentHooks.NodeFinish | InstrumentHooks.NodeError) == true)
        {
            _watch.Failed(_watching, _order[place].Index, _frame.Epoch, failure, TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>Compiled calls have ended, from one place to where they stopped.</summary>
    public void Ended(int from, int place, LineStop stop)
    {
        if (!_counts)
        {
            return;
        }

        _wasWhole = place - from == _length;
        if (!_wasWhole)
        {
            Count(from, stop is LineStop.Done or LineStop.Cancelled ? place : place + 1);
        }
    }

    /// <summary>The epoch is over.</summary>
    public void End()
    {
        if (_wasWhole)
        {
            _watching!.OnNodeCalls(new NodeCalls(_watch, _nodes, _each, _length));
            if (!_wantsEnd && ++_ends % EndsPerLook != 0)
            {
                return;
            }
        }

        _watch.EpochEnd(_frame, null);
    }

    private void Count(int from, int end)
    {
        for (var place = from; place < end; place++)
        {
            _watch.Count(_order[place].Index);
        }
    }

    private void Watch(CompositeInstrument? watching)
    {
        bool Sees(InstrumentHooks hooks) => watching?.Sees(hooks) == true;
        _watching = watching;
        _wantsTime = Sees(InstrumentHooks.Timing);
        _wantsEnd = Sees(InstrumentHooks.EpochEnd);
        _counts = Sees(InstrumentHooks.NodeCalls);
        Hooks = (Sees(InstrumentHooks.NodeStart) ? LineHooks.Start : LineHooks.None)
            | (Sees(InstrumentHooks.NodeFinish) ? LineHooks.Finish : LineHooks.None)
            | (Sees(InstrumentHooks.NodeEmitted | InstrumentHooks.NodeNoEvent) ? LineHooks.Signals : LineHooks.None);
    }
}
