namespace Sluice.Tubes.Scheduling;

/// <summary>Hands out what can be called: at once, or when those that come before it in its node's order are settled.</summary>
internal sealed class Turns(TubePlan plan, ReadyQueue ready)
{
    private readonly NodeOrder _order = new(plan);

    /// <summary>A node has all its inputs: it can be called now, in elements of its epoch, or when its turn comes.</summary>
    public void BecomeReady(EpochFrame frame, int node)
    {
        if (ReturnDeal.Begin(plan, frame, plan.NodeArray[node]) is { All: > 0 } deal)
        {
            (frame.Marks[node].State, frame.Marks[node].Left) = (NodeState.Delegated, deal.All);
            deal.First.ForEach(element => ready.Add(element, plan.NodeArray[node]));
        }
        else if (_order.IsTurn(frame, node))
        {
            ready.Add(frame, plan.NodeArray[node]);
        }
        else
        {
            frame.Marks[node].State = NodeState.Held;
        }
    }

    /// <summary>A return node of this level has run in one of the elements that it was dealt to; true when it was the last.</summary>
    public bool IsDealt(EpochFrame frame, PlanNode node)
    {
        ref var mark = ref frame.Marks[node.Index];
        if (--mark.Left > 0)
        {
            ReturnDeal.Next(plan, frame, node, mark.Left).ForEach(element => ready.Add(element, node));
            return false;
        }

        return true;
    }

    /// <summary>A node is settled: its next call in order may go, and those that waited for it because they share an asset.</summary>
    public void GoOn(EpochFrame frame, int node)
    {
        if (_order.IsOrdered(node) && _order.NextHeld(frame, node) is { } next)
        {
            BecomeReady(next, node);
        }

        if (_order.HasSharers(node))
        {
            foreach (var sharer in _order.HeldSharers(frame, node))
            {
                BecomeReady(frame, sharer);
            }
        }
    }

    /// <summary>A root epoch is over: what waited for it in later ones may go.</summary>
    public void GoOnAfterRoot(EpochFrame later)
    {
        foreach (var node in _order.Ordered)
        {
            if (_order.FirstHeld(later, node) is { } next)
            {
                BecomeReady(next, node);
            }
        }
    }
}
