using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Bench;

/// <summary>One message to each of several receivers; an operation is one delivery.</summary>
internal sealed class BroadcastCase(ActorSystem system, int receivers) : IBenchCase
{
    private static readonly object Message = new();

    public string Name => $"broadcast-{receivers}";

    public string Unit => "deliveries/s";

    public int Operations => 1_000_000;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; } = Make(system, receivers);

    private static List<(string, Func<int, Task>)> Make(ActorSystem system, int receivers)
    {
        var countdowns = Enumerable.Range(0, receivers).Select(_ => new Countdown()).ToArray();
        var actors = countdowns.Select(one => system.ActorOf(Props.Create(() => new Counter(one)))).ToArray();
        var channels = countdowns.Select(one => Consumer.OnChannel<object>(_ => one.Arrived())).ToArray();
        var blocks = countdowns.Select(one => Consumer.OnDataflow<object>(_ => one.Arrived())).ToArray();
        return
        [
            ("Sluice", Sending(i => actors[i].Tell(Message, ActorRefs.NoSender))),
            ("Channel<T>", Sending(i => channels[i].TryWrite(Message))),
            ("ActionBlock<T>", Sending(i => blocks[i].Post(Message))),
        ];

        Func<int, Task> Sending(Action<int> send) => async count =>
        {
            var done = countdowns.Select(one => one.Start(count / receivers)).ToArray();
            await Task.Run(() =>
            {
                for (var n = 0; n < count / receivers; n++)
                {
                    for (var i = 0; i < receivers; i++)
                    {
                        send(i);
                    }
                }
            });
            await Task.WhenAll(done);
        };
    }
}
