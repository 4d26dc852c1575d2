namespace Sluice.Instruments.Bench;

/// <summary>One thread tells, one actor handles: watched in every way.</summary>
internal sealed class TellCase : IBenchCase
{
    private readonly List<IDisposable> _readers = [];
    private readonly List<TellLoad> _loads = [];

    public string Name => "tell";

    public string Unit => "msg/s";

    public int Operations => 100_000;

    public ValueTask<IReadOnlyList<Contender>> Contenders()
    {
        var metrics = Watching.Metrics(out var metricsReader);
        var tracing = Watching.Tracing(out var spans);
        _readers.AddRange([metricsReader, spans]);
        return new(
        [
            Watched("none", Watching.None()),
            Watched("one counting", Watching.OneCounting()),
            Watched("three counting", Watching.ThreeCounting()),
            Watched("metrics", metrics),
            Watched("tracing", tracing),
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

    private Contender Watched(string name, TubeInstrument[] instruments)
    {
        var load = Watching.InItsOwnFlow(() => Watching.Make(() => new TellLoad(), instruments));
        _loads.Add(load);
        return new(name, load.FromOutside);
    }
}
