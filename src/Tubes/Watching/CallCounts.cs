using Sluice.Instruments;
using Sluice.Instruments.Events;

namespace Sluice.Tubes.Watching;

/// <summary>Counts the calls of a tube's nodes until those who watch are told of them. Any thread may count; one tells.</summary>
internal sealed class CallCounts(TubeWatch tube, WatchedNode[] nodes)
{
    private readonly IInstrumented[] _nodes = nodes;
    private readonly int[] _calls = new int[nodes.Length];
    private readonly int[] _told = new int[nodes.Length];
    private int _total;

    /// <summary>A call has ended.</summary>
    public void Add(int node)
    {
        Interlocked.Increment(ref _calls[node]);
        Interlocked.Increment(ref _total);
    }

    /// <summary>Tells of the calls since the last time, if there were any.</summary>
    public void Tell(CompositeInstrument watching)
    {
        if (Volatile.Read(ref _total) == 0)
        {
            return;
        }

        var total = 0;
        for (var node = 0; node < _calls.Length; node++)
        {
            _told[node] = Interlocked.Exchange(ref _calls[node], 0);
            total += _told[node];
        }

        Interlocked.Add(ref _total, -total);
        watching.OnNodeCalls(new NodeCalls(tube, _nodes, _told, total));
    }
}
