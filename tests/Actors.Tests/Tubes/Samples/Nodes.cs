using System.Runtime.CompilerServices;
using Sluice.Tubes;

namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>Nodes that the tubes of these tests are made of.</summary>
public static class Nodes
{
    public static IEnumerable<int> Count(int limit = int.MaxValue)
    {
        for (var index = 0; index < limit; index++)
        {
            yield return index;
        }
    }

    public static int Twice(int value) => value * 2;

    public static int Add(int left, int right) => left + right;

    public static object EveryOther(int value) => value % 2 == 1 ? value : NoEvent.Value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int FailAt(int value, int at) => value == at ? throw new InvalidOperationException($"boom {value}") : value;

    public static List<int> Range(int value) => [.. Enumerable.Range(0, value)];

    public static async Task<int> Later(int value)
    {
        await Task.Yield();
        return value + 1;
    }
}
