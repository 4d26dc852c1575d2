using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Bench;

/// <summary>Producers that send to one receiver as fast as they can, until it has handled all.</summary>
internal sealed class TellCase(ActorSystem system, int producers) : IBenchCase
{
    private static readonly object Message = new();

    public string Name => $"tell-{producers}";

    public string Unit => "msg/s";

    public int Operations => 1_000_000;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; } = Make(system, producers);

    private static List<(string, Func<int, Task>)> Make(ActorSystem system, int producers)
    {
        var countdown = new Countdown();
        var actor = system.ActorOf(Props.Create(() => new Counter(countdown)));
        var channel = Consumer.OnChannel<object>(_ => countdown.Arrived());
        var block = Consumer.OnDataflow<object>(_ => countdown.Arrived());
        return
        [
            ("Sluice", Sending(() => actor.Tell(Message, ActorRefs.NoSender))),
            ("Channel<T>", Sending(() => channel.TryWrite(Message))),
            ("ActionBlock<T>", Sending(() => block.Post(Message))),
        ];

        Func<int, Task> Sending(Action send) => async count =>
        {
            var done = countdown.Start(count / producers * producers);
            await Task.WhenAll(Enumerable.Range(0, producers).Select(_ => Task.Run(() =>
            {
                for (var i = 0; i < count / producers; i++)
                {
                    send();
                }
            })));
            await done;
        };
    }
}
