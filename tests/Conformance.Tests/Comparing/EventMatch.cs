using Sluice.Conformance.Tests.Cases;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;

namespace Sluice.Conformance.Tests.Comparing;

/// <summary>The same events, in the same order per node; each epoch ended once, those inside a map before the one around it.</summary>
public static class EventMatch
{
    public static void Check(Operation operation, IReadOnlyList<SeenEvent> seen, bool isReference, bool keepsOrder)
    {
        var expected = operation.Events.Where(happened => happened.Node != TubeEvent.MetaNode).ToList();
        var actual = seen.Where(happened => happened.Node != TubeEvent.MetaNode && !(isReference && happened.Node.Contains('/', StringComparison.Ordinal))).ToList();
        foreach (var node in expected.Select(happened => happened.Node).Union(actual.Select(happened => happened.Node)))
        {
            CheckNode(operation, node, [.. expected.Where(happened => happened.Node == node)], [.. actual.Where(happened => happened.Node == node)], keepsOrder);
        }

        CheckEnds(operation, [.. seen.Where(happened => happened.Node == TubeEvent.MetaNode).Select(happened => happened.Epoch)], isReference, keepsOrder);
    }

    private static void CheckNode(Operation operation, string node, List<ExpectedEvent> expected, List<SeenEvent> actual, bool keepsOrder)
    {
        if (!keepsOrder)
        {
            // Elements of a map run at the same time: their calls of a stateless node come in no order that could be relied on.
            expected = [.. expected.OrderBy(happened => Epoch.Parse(happened.Epoch))];
            actual = [.. actual.OrderBy(happened => Epoch.Parse(happened.Epoch))];
        }

        // Where independent nodes run at the same time, a failure finds some of them further on than others.
        var mayDiffer = operation.Error is not null && !keepsOrder;
        var same = (expected.Count == actual.Count || mayDiffer) && expected.Zip(actual).All(pair =>
            pair.First.Signal == pair.Second.Signal && pair.First.Epoch == pair.Second.Epoch && ValueMatch.Same(pair.First.Value, pair.Second.Value));
        same.ShouldBeTrue(
            $"{operation}: the events of node {node} differ.\nexpected:\n  {string.Join("\n  ", expected.Select(Show))}\nactual:\n  {string.Join("\n  ", actual)}");
    }

    private static void CheckEnds(Operation operation, List<string> actual, bool isReference, bool keepsOrder)
    {
        var expected = operation.Events.Where(happened => happened.Node == TubeEvent.MetaNode).Select(happened => happened.Epoch).Distinct().ToList();
        actual.ShouldBeUnique($"{operation}: an epoch ended twice");
        foreach (var (inner, place) in actual.Select((epoch, place) => (epoch, place)))
        {
            var parent = inner.LastIndexOf('/') is > 0 and var slash ? inner[..slash] : null;
            (parent is null || actual.IndexOf(parent) is var around && (around < 0 || around > place)).ShouldBeTrue($"{operation}: {parent} ended before {inner}");
        }

        if (operation.Error is not null && !keepsOrder)
        {
            return; // a failure finds some elements further on than others
        }

        expected.Except(actual).ShouldBeEmpty($"{operation}: epochs that did not end");
        actual.Except(expected).Where(epoch => !(isReference && IsForgotten(operation, epoch))).ShouldBeEmpty($"{operation}: epochs that ended in addition");
    }

    /// <summary>
    /// Every epoch ends exactly once (0.9). The reference says nothing of an element whose last call gave its event to the epoch around it,
    /// as a gather does.
    /// </summary>
    private static bool IsForgotten(Operation operation, string epoch) =>
        epoch.Contains('/', StringComparison.Ordinal) && operation.Events.Any(happened => happened.Epoch == epoch);

    private static string Show(ExpectedEvent happened) => $"{happened.Node}.{happened.Signal}@{happened.Epoch} = {happened.Value.GetRawText()}";
}
