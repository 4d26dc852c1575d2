using Sluice.Actors.Instruments;
using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Messages.Instruments;

namespace Sluice.Instruments.Bench;

/// <summary>One thread tells, one actor handles: watched in every way.</summary>
internal sealed class TellCase : IBenchCase
{
    private readonly List<IDisposable> _readers = [];
    private readonly List<TellLoad> _loads = [];

    public string Name => "tell";

    public string Unit => "msg/s";

    public int Operations => 100_000;

    public int Ways => 9;

    public ValueTask<IReadOnlyList<Contender>> Contenders()
    {
        var metrics = Watching.Metrics(out var metricsReader);
        var tracing = Watching.Tracing(out var spans);
        var sampled = Watching.SampledTracing(out var fewSpans);
        _readers.AddRange([metricsReader, spans, fewSpans]);
        return new(
        [
            Watched("none", Watching.None()),
            Watched("one counting", Watching.OneCounting()),
            Watched("three counting", Watching.ThreeCounting()),
            Watched("one counting each message", Watching.OneCountingEach()),
            Watched("one counting each, plain", Watching.OnePlain()),
            Watched("metrics", metrics),
            Watched("tracing", tracing),
            Watched("tracing one in 100", sampled),
            Subscribed("one subscriber"),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _readers.ForEach(reader => reader.Dispose());
        foreach (var load in _loads)
        {
            await load.DisposeAsync();
        }
    }

    /// <summary>An actor that gets every event as a message, or is told how many it missed.</summary>
    private Contender Subscribed(string name)
    {
        var load = new TellLoad();
        _loads.Add(load);
        var settings = ConfigurationFactory.FromResource<InstrumentActor>().Bind<InstrumentActorSettings>("sluice.instruments");
        var instruments = InstrumentActor.Start(load.System, settings);
        var subscriber = load.System.ActorOf(Props.Create(() => new Subscriber()), "subscriber");
        instruments.Tell(new SubscribeEvents(), subscriber);
        return new(name, load.FromOutside);
    }

    private Contender Watched(string name, TubeInstrument[] instruments)
    {
        var load = Watching.InItsOwnFlow(() => Watching.Make(() => new TellLoad(), instruments));
        _loads.Add(load);
        return new(name, load.FromOutside);
    }

    private sealed class Subscriber : ReceiveActor
    {
        public Subscriber()
        {
            Receive<ObservedEvents>(_ => Sender.Tell(new MoreEvents()));
            ReceiveAny(_ => { });
        }
    }
}
