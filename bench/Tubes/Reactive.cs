using System.Reactive.Linq;
using System.Reactive.Subjects;
using Sluice.Testing.Nodes.Noob;

namespace Sluice.Tubes.Bench;

/// <summary>The same graphs with System.Reactive, one operator per node, on one thread.</summary>
internal static class Reactive
{
    public static Contender Chain(int length) => new("System.Reactive", epochs =>
    {
        using var source = new Subject<object>();
        var last = source.AsObservable();
        for (var index = 0; index < length; index++)
        {
            last = last.Select(Steps.Same);
        }

        using var sink = last.Subscribe(_ => { });
        Feed(source, epochs);
        return Task.CompletedTask;
    });

    public static Contender Fan(int width) => new("System.Reactive", epochs =>
    {
        using var source = new Subject<object>();
        var sinks = Enumerable.Range(0, width).Select(_ => source.Select(Steps.Same).Subscribe(_ => { })).ToList();
        Feed(source, epochs);
        sinks.ForEach(sink => sink.Dispose());
        return Task.CompletedTask;
    });

    /// <summary>One of the two test tubes.</summary>
    public static Contender Named(string id) => id == "testing-basic" ? Basic() : KitchenSink();

    private static Contender Basic() => new("System.Reactive", epochs =>
    {
        using var source = new Subject<long>();
        using var sink = source.Select(Sink.Multiply).Subscribe(_ => { });
        foreach (var count in Sink.Count(0).Take(epochs))
        {
            source.OnNext(count);
        }

        return Task.CompletedTask;
    });

    private static Contender KitchenSink() => new("System.Reactive", epochs =>
    {
        using var counts = new Subject<long>();
        using var higher = new Subject<long>();
        using var letters = new Subject<string>();
        using var words = new Subject<object?>();
        using var sink = counts.Select(Sink.Multiply)
            .Zip(counts.Zip(higher, Sink.Divide), letters.Select(Sink.Gather()), Sink.Return)
            .Subscribe(_ => { });
        using var unused = words.Subscribe(_ => { });
        using var nextHigher = Sink.Count(5).GetEnumerator();
        using var nextLetter = Sources.LetterSource().GetEnumerator();
        using var nextWord = Sources.SporadicWord().GetEnumerator();
        foreach (var count in Sink.Count(0).Take(epochs))
        {
            _ = nextHigher.MoveNext() && nextLetter.MoveNext() && nextWord.MoveNext();
            counts.OnNext(count);
            higher.OnNext(nextHigher.Current);
            letters.OnNext(nextLetter.Current);
            words.OnNext(nextWord.Current);
        }

        return Task.CompletedTask;
    });

    private static void Feed(Subject<object> source, int epochs)
    {
        foreach (var value in Steps.Source().Take(epochs))
        {
            source.OnNext(value);
        }
    }
}
