using System.Runtime.CompilerServices;
using Sluice.Tubes;

namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>Nodes that the tubes of these tests are made of.</summary>
public static class Nodes
{
    public static IEnumerable<int> Count(int limit = int.MaxValue, string? gate = null)
    {
        for (var index = 0; index < limit; index++)
        {
            if (gate is not null)
            {
                Gate.Of(gate).Arrive();
            }

            yield return index;
        }
    }

    public static int Twice(int value) => value * 2;

    public static int Add(int left, int right) => left + right;

    public static object EveryOther(int value) => value % 2 == 1 ? value : NoEvent.Value;

    public static string Either(object? one = null, object? other = null) => $"{one ?? "-"}{other ?? "-"}";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int FailAt(int value, int at) => value == at ? throw new InvalidOperationException($"boom {value}") : value;

    public static List<int> Range(int value) => [.. Enumerable.Range(0, value)];

    public static async Task<int> Later(int value)
    {
        await Task.Yield();
        return value + 1;
    }

    /// <summary>Blocks its thread at the gate.</summary>
    public static int Block(int value, string gate, int from = 0)
    {
        if (value >= from)
        {
            Gate.Of(gate).Pass();
        }

        return value;
    }

    /// <summary>Opens the gate, for one.</summary>
    public static int Unblock(int value, string gate, int from = 0)
    {
        if (value >= from)
        {
            Gate.Of(gate).Open();
        }

        return value;
    }

    /// <summary>Waits at the gate without a thread.</summary>
    public static async Task<int> Await(int value, string gate, CancellationToken cancellationToken)
    {
        await Gate.Of(gate).PassAsync(cancellationToken);
        return value;
    }

    /// <summary>Waits at a gate of its own, the gate's name and the value.</summary>
    public static async Task<int> AwaitOwn(int value, string gate, CancellationToken cancellationToken)
    {
        Gate.Of(gate).Arrive();
        await Gate.Of(gate + value).PassAsync(cancellationToken);
        return value;
    }
}
