using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;

namespace Sluice.Tubes.Tests.Binding.Samples;

public enum Depth
{
    Shallow,
    VeryDeep,
}

public sealed record Quake(double Magnitude, string Region, Depth Depth = Depth.Shallow)
{
    public string? Note { get; set; }
}

public static class Functions
{
    public static int Add(int left, int right = 2) => left + right;

    public static string Pause(double sleepFor) => sleepFor.ToString(CultureInfo.InvariantCulture);

    public static object?[] Optional(string must, string? may = null, int some = 5, [Slot(Required = true)] string? waits = null) => [must, may, some, waits];

    public static string NotNull(string text) => text;

    public static (string Word, int Length) Named(string word) => (word, word.Length);

    public static (int, int) Unnamed(int value) => (value, value);

    public static (int A, int B, int C, int D, int E, int F, int G, int H) Eight(int a) => (a, a + 1, a + 2, a + 3, a + 4, a + 5, a + 6, a + 7);

    [return: Signal("ratio")]
    public static double Divide(double numerator, double denominator = 5) => numerator / denominator;

    [return: Signal("one")]
    [return: Signal("other")]
    public static object? Split(object? value) => value;

    public static Maybe<int> Even(int value) => value % 2 == 0 ? value : NoEvent.Value;

    public static (Maybe<string> Odd, Maybe<string> Even) Switch(int value) => value % 2 == 0 ? (NoEvent.Value, "even") : ("odd", NoEvent.Value);

    public static Maybe<(int Low, int High)> Range(int value) => value < 0 ? NoEvent.Value : (value, value * 2);

    public static void Sink(int value) => _ = value;

    public static int Many(int first, params int[] others) => first + others.Sum();

    public static string Rest(int known, [Rest] IReadOnlyDictionary<string, int> others) =>
        $"{known}: {string.Join(", ", others.OrderBy(other => other.Key, StringComparer.Ordinal).Select(other => $"{other.Key}={other.Value}"))}";

    public static string Inject(int value, Epoch epoch, RunnerContext context, IReadOnlyDictionary<string, TubeEvent> events, CancellationToken cancellationToken) =>
        $"{value} {epoch} {context.TubeId} {cancellationToken.CanBeCanceled} {events.Count}";

    public static async Task<int> LaterTask(int value)
    {
        await Task.Yield();
        return value + 1;
    }

    public static async ValueTask<(int Low, int High)> LaterPair(int value)
    {
        await Task.Yield();
        return (value, value + 1);
    }

    public static Task LaterNothing(int value) => Task.FromResult(value);

    public static IEnumerable<(int Index, string Letter)> Letters(int from = 0)
    {
        for (var i = from; i < 3; i++)
        {
            yield return (i, ((char)('a' + i)).ToString());
        }
    }

    public static async IAsyncEnumerable<int> Ticks([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < 2; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    public static object? Quake(Quake quake) => $"{quake.Magnitude} {quake.Region} {quake.Depth} {quake.Note}";

    public static string Describe(List<double> numbers, Depth depth, DateTimeOffset? when, JsonElement json) =>
        $"{numbers.Sum()} {depth} {when:O} {json.ValueKind}";

    [NodeName("given.name")]
    public static int Renamed() => 1;

    [NodeName("any.thing.*")]
    public static int Anything([Rest] IReadOnlyDictionary<string, object?> all) => all.Count;

    public static string Throws() => throw new InvalidTimeZoneException("mine");

    public static T Generic<T>(T value) => value;

    public static int Overloaded(int value) => value;

    public static int Overloaded(string value) => value.Length;
}

public sealed class Accumulator(int start) : IDisposable
{
    private int _sum = start;

    public int Step { get; set; } = 1;

    public static List<string> Log { get; } = [];

    public int Process(int value) => _sum += value * Step;

    public void Init(RunnerContext context) => Log.Add($"init {context.TubeId}");

    public async Task DeinitAsync()
    {
        await Task.Yield();
        Log.Add("deinit");
    }

    public void Dispose() => Log.Add("dispose");
}

public sealed class Marked
{
    [ProcessMethod]
    public int Volume(int width, int depth) => width * depth;
}

public sealed class NotANode
{
    public int Value { get; set; }
}

public struct CountingStruct
{
    private int _calls;

    public int Process() => ++_calls;
}

public sealed class Picky
{
    public Picky(int positive) => ArgumentOutOfRangeException.ThrowIfNegativeOrZero(positive);

    public int Process() => 1;
}

public sealed class Shaped(string[] signals) : IDynamicNode
{
    public IReadOnlyList<Slot> Slots { get; } = [new("any", typeof(object), Required: false, SlotKind.KeywordRest)];

    public IReadOnlyList<Signal> Signals { get; } = [.. signals.Select(signal => new Signal(signal, typeof(int)))];

    public List<int> Process([Rest] IReadOnlyDictionary<string, int> any) => [.. any.Values];
}
