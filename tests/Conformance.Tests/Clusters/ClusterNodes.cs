using System.Collections.Concurrent;

namespace Sluice.Conformance.Tests.Clusters;

/// <summary>Nodes that are spread over members.</summary>
public static class ClusterNodes
{
    /// <summary>Opened by the test, by name; nodes wait for it.</summary>
    internal static ConcurrentDictionary<string, TaskCompletionSource> Gates { get; } = [];

    internal static ConcurrentDictionary<string, TaskCompletionSource> Arrived { get; } = [];

    public static IEnumerable<long> Count(long limit = long.MaxValue)
    {
        for (var index = 0L; index < limit; index++)
        {
            yield return index;
        }
    }

    public static long Twice(long value) => value * 2;

    public static long Add(long left, long right) => left + right;

    public static async Task<long> Wait(long value, string gate, CancellationToken cancellationToken, long at = 0)
    {
        if (value >= at)
        {
            Of(Arrived, gate).TrySetResult();
            await Of(Gates, gate).Task.WaitAsync(cancellationToken);
        }

        return value;
    }

    public static long Fail(long value) => throw new ArgumentException($"no {value}");

    public static object Stream(long value) => new MemoryStream([(byte)value]);

    public static long Length(object stream) => ((Stream)stream).Length;

    public static Place Make(long value) => new($"p{value}", new Spot((int)value, 0.5), value % 2 == 0 ? Colour.Red : null, [new Spot(1, 1)]);

    public static (Place Moved, Colour Seen) Move(Place place, int by) =>
        (place with { Spot = new Spot(place.Spot.X + by, place.Spot.Y) }, place.Colour ?? Colour.Blue);

    public static string Tell(Place place, Colour seen) => $"{place.Name} {place.Spot.X} {seen} {place.Others.Count}";

    public static string Key(long value) => $"key{value % 7}";

    internal static TaskCompletionSource Of(ConcurrentDictionary<string, TaskCompletionSource> all, string name) =>
        all.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
