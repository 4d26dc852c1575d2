using System.Reactive.Subjects;
using Sluice.Exporters;
using Sluice.Exporters.Events;

namespace Sluice.Pool.Bench;

/// <summary>Events of a run through several copies of an exporter, beside a Subject of System.Reactive with as many observers that count.</summary>
internal sealed class EventsCase : IBenchCase
{
    private readonly int _copies;
    private readonly EventStream _stream = new();
    private readonly Subject<ExporterEvent> _subject = new();
    private readonly List<BaseExporter> _running = [];
    private long _seen;

    private EventsCase(int copies)
    {
        _copies = copies;
        var happened = new ExporterEvent { Id = "1", Kind = EventKind.Happened, Name = "event", Category = "node", Time = DateTimeOffset.UnixEpoch };
        Contenders =
        [
            ("Sluice", count => Task.Run(() => Publish(count, () => _stream.Publish(happened)))),
            ("Rx Subject", count => Task.Run(() => Publish(count, () => _subject.OnNext(happened)))),
        ];
    }

    public string Name => $"events-{_copies}";

    public string Unit => "events/s";

    public int Operations => 2_000_000 / _copies;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; }

    public static async Task<IBenchCase> CreateAsync(int copies)
    {
        var one = new EventsCase(copies);
        var original = new CountingExporter();
        for (var i = 0; i < copies; i++)
        {
            var copy = original.CreateIsolatedInstance(new ContextState { Name = $"run {i}", Events = one._stream });
            await copy.StartAsync();
            one._running.Add(copy);
            one._subject.Subscribe(_ => one._seen++);
        }

        return one;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var copy in _running)
        {
            await copy.StopAsync();
        }

        _subject.Dispose();
    }

    private static void Publish(int count, Action publish)
    {
        for (var i = 0; i < count; i++)
        {
            publish();
        }
    }
}
