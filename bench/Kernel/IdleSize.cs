using Sluice.Kernel.Actor;
using Sluice.Measuring;

namespace Sluice.Kernel.Bench;

/// <summary>What a receiver that has handled one message and waits for the next takes in memory.</summary>
internal static class IdleSize
{
    public static async Task<IEnumerable<Row>> Run(ActorSystem system, int count)
    {
        var ours = await Measure(count, async countdown =>
        {
            var done = countdown.Start(count);
            var props = Props.Create(() => new SpawnCase.Shared(countdown));
            var parent = system.ActorOf(Props.Create(() => new SpawnCase.Parent(props, count)));
            parent.Tell(new object(), ActorRefs.NoSender);
            await done;
            await parent.Ask<ActorIdentity>(new Identify(1));
            return (parent, () => parent.GracefulStop(TimeSpan.FromMinutes(5)));
        });
        var few = Math.Min(count, 100_000);
        var channel = await Measure(few, countdown => Peers(few, countdown, handle =>
        {
            var writer = Consumer.OnChannel<object>(_ => handle());
            return (writer, () => writer.TryWrite(writer));
        }));
        var block = await Measure(few, countdown => Peers(few, countdown, handle =>
        {
            var dataflow = Consumer.OnDataflow<object>(_ => handle());
            return (dataflow, () => dataflow.Post(dataflow));
        }));
        return
        [
            new Row($"idle-{count}", "bytes", ours, "Channel<T>", channel, channel / ours, 0),
            new Row($"idle-{count}", "bytes", ours, "ActionBlock<T>", block, block / ours, 0),
        ];
    }

    private static async Task<double> Measure(int count, Func<Countdown, Task<(object Kept, Func<Task> End)>> start)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (kept, end) = await start(new Countdown());
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(kept);
        await end();
        return (double)(after - before) / count;
    }

    private static async Task<(object, Func<Task>)> Peers(int count, Countdown countdown, Func<Action, (object Kept, Action Send)> make)
    {
        var done = countdown.Start(count);
        var all = new object[count];
        for (var i = 0; i < count; i++)
        {
            (all[i], var send) = make(countdown.ArrivedShared);
            send();
        }
        await done;
        return (all, () => Task.CompletedTask);
    }
}
