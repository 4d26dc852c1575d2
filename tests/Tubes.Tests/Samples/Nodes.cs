using Sluice.Tubes.Binding;
using Sluice.Tubes.Events;

namespace Sluice.Tubes.Tests.Samples;

/// <summary>Nodes that the tubes of these tests are made of.</summary>
public static class Nodes
{
    public static IEnumerable<int> Count(int limit = int.MaxValue, int start = 0)
    {
        for (var index = start; index < limit; index++)
        {
            yield return index;
        }
    }

    public static IEnumerable<object?> Items(IReadOnlyList<object?> items) => items;

    public static int Twice(int value) => value * 2;

    public static string Text() => "text";

    public static string SameText(string value) => value;

    public static int Add(int left, int right) => left + right;

    public static object? Same(object? value) => value;

    public static object EveryOther(int value) => value % 2 == 1 ? value : NoEvent.Value;

    public static object Never() => NoEvent.Value;

    public static string Show([Slot(Required = false)] object? a = null, [Slot(Required = false)] object? b = null) => $"a={a ?? "-"} b={b ?? "-"}";

    public static string Half(object a, object? b = null) => $"a={a} b={b ?? "-"}";

    public static (int One, int Other) Pair(int value) => (value, value * 10);

    public static object TextFrom(int value, int from) => value < from ? value : "text";

    /// <summary>The value as the event that brought it has it.</summary>
    public static int Told(int value, IReadOnlyDictionary<string, TubeEvent> events) =>
        events["value"] is { NodeId: "sum", Value: int told, Epoch: var epoch } happened && epoch.Root == told - 5 && happened.Timestamp > DateTimeOffset.UnixEpoch ? value : -1;

    public static int FailAt(int value, int at) => value == at ? throw new InvalidOperationException($"boom {value}") : value;

    public static async Task<int> Later(int value)
    {
        await Task.Yield();
        return value + 1;
    }

    public static async Task Endless(object? value, CancellationToken cancellationToken)
    {
        _ = value;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    public static List<int> Range(int value) => [.. Enumerable.Range(0, value)];
}
