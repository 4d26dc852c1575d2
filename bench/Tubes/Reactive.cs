using System.Reactive.Linq;
using System.Reactive.Subjects;

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

    private static void Feed(Subject<object> source, int epochs)
    {
        foreach (var value in Steps.Source().Take(epochs))
        {
            source.OnNext(value);
        }
    }
}
