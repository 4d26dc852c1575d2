using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Scheduling;

/// <summary>What can be called, in the order it became ready; taken in batches, earlier epochs first.</summary>
internal sealed class ReadyQueue(TubeWatch watch)
{
    private readonly List<ReadyNode> _ready = [];
    private bool _severalEpochs;

    public void Add(EpochFrame frame, PlanNode node)
    {
        frame.Marks[node.Index].State = NodeState.Ready;
        _severalEpochs |= _ready.Count > 0 && _ready[^1].Frame != frame;
        _ready.Add(new ReadyNode(frame, node));
        if (watch.SeesReadiness)
        {
            watch.Ready(frame, node);
        }
    }

    public void TakeAll(List<ReadyNode> batch)
    {
        if (_severalEpochs)
        {
            Sort();
            _severalEpochs = false;
        }

        foreach (var ready in _ready)
        {
            ready.Frame.Marks[ready.Node.Index].State = NodeState.Out;
            ready.Frame.Root.OutCount++;
            batch.Add(ready);
        }

        _ready.Clear();
    }

    public void RemoveEpoch(EpochFrame root) => _ready.RemoveAll(ready => ready.Frame.Root == root);

    private void Sort()
    {
        for (var index = 1; index < _ready.Count; index++)
        {
            if (Compare(_ready[index - 1], _ready[index]) > 0)
            {
                // Not List.Sort: nodes of the same epoch must stay in the order in which they became ready.
                var sorted = _ready.OrderBy(node => node.Frame.Epoch).ToList();
                _ready.Clear();
                _ready.AddRange(sorted);
                return;
            }
        }
    }

    private static int Compare(ReadyNode left, ReadyNode right) =>
        left.Frame == right.Frame ? 0 : left.Frame.Epoch.CompareTo(right.Frame.Epoch);
}
