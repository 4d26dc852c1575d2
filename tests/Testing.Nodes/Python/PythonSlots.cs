using Sluice.Tubes;
using Sluice.Tubes.Events;

namespace Sluice.Testing.Nodes.Python;

/// <summary>
/// The reference hands an optional slot the no-event marker where its own source gave one. Ours hands it the default; the events still tell, and
/// the nodes whose expected results show the marker look there.
/// </summary>
public static class PythonSlots
{
    public static object? Marked(object? value, string slot, IReadOnlyDictionary<string, TubeEvent> events) =>
        events.TryGetValue(slot, out var given) && given.IsNoEvent ? NoEvent.Value : value;

    /// <summary>The named inputs, with the marker for those whose source gave no event, in the order of their names in <paramref name="kwargs"/> and the events.</summary>
    public static Dictionary<string, object?> Marked(IReadOnlyDictionary<string, object?> kwargs, IReadOnlyDictionary<string, TubeEvent> events, params string[] others)
    {
        var marked = new Dictionary<string, object?>(kwargs);
        foreach (var (slot, _) in events.Where(given => given.Value.IsNoEvent && !others.Contains(given.Key) && !char.IsAsciiDigit(given.Key[0])))
        {
            marked[slot] = NoEvent.Value;
        }

        return marked;
    }
}
