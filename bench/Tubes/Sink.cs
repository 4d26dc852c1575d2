using Sluice.Testing.Nodes.Noob;

namespace Sluice.Tubes.Bench;

/// <summary>What the two test tubes do, in plain C#, for the peers: the same methods of the same nodes.</summary>
internal static class Sink
{
    public static IEnumerable<long> Count(long start) => Sources.CountSource(0, start);

    public static object Multiply(long value) => Functions.Multiply(value);

    public static object Divide(long numerator, long denominator) => Functions.Divide(numerator, denominator);

    /// <summary>Every fifth time what came, else nothing.</summary>
    public static Func<string, List<object>?> Gather()
    {
        var held = new List<object>();
        return letter =>
        {
            held.Add(letter);
            if (held.Count < 5)
            {
                return null;
            }

            var full = held;
            held = [];
            return full;
        };
    }

    public static Dictionary<string, object?> Return(object multiply, object divide, object? gathered) =>
        new() { ["multiply"] = multiply, ["divide"] = divide, ["gather_n"] = gathered };
}
