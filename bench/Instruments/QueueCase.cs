using Sluice.Instruments.Queues;

namespace Sluice.Instruments.Bench;

/// <summary>An item is put into a queue and taken out again, by one thread, as the Python origin of the instruments measures it.</summary>
internal sealed class QueueCase : IBenchCase
{
    private static readonly object s_item = new();

    public string Name => "queue";

    public string Unit => "put+get/s";

    public int Operations => 200_000;

    public int Ways => 4;

    public ValueTask<IReadOnlyList<Contender>> Contenders() => new(
    [
        Watched("none", Watching.None()),
        Watched("one counting, plain", Watching.OnePlain()),
        Watched("one counting each", Watching.OneCountingEach()),
        Watched("three counting each", [new EachCountingInstrument(), new EachCountingInstrument(), new EachCountingInstrument()]),
    ]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Contender Watched(string name, TubeInstrument[] instruments)
    {
        var queue = Watching.InItsOwnFlow(() => Watching.Make(() => new AsyncQueue<object>(), instruments));
        return new(name, async count =>
        {
            for (var i = 0; i < count; i++)
            {
                await queue.PutAsync(s_item);
                await queue.GetAsync();
            }
        });
    }
}
