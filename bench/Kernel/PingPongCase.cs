using System.Threading.Channels;
using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Bench;

/// <summary>Pairs that answer each other; an operation is one message.</summary>
internal sealed class PingPongCase(ActorSystem system, int pairs) : IBenchCase
{
    private static readonly object Ball = new();

    public string Name => $"ping-pong-{pairs}";

    public string Unit => "msg/s";

    public int Operations => 640_000;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders =>
    [
        ("Sluice", count => Run(count, system)),
        ("Channel<T>", count => RunPeer(count, handle =>
        {
            ChannelWriter<object>? writer = null;
            writer = Consumer.OnChannel<object>(_ => handle());
            return (() => writer.TryWrite(Ball), () => writer.Complete());
        })),
        ("ActionBlock<T>", count => RunPeer(count, handle =>
        {
            var block = Consumer.OnDataflow<object>(_ => handle());
            return (() => block.Post(Ball), block.Complete);
        })),
    ];

    private async Task Run(int count, ActorSystem actors)
    {
        var countdown = new Countdown();
        var done = countdown.Start(pairs);
        var players = new List<IActorRef>();
        for (var i = 0; i < pairs; i++)
        {
            var left = new int[] { count / pairs };
            var pong = actors.ActorOf(Props.Create(() => new Player(left, countdown)));
            var ping = actors.ActorOf(Props.Create(() => new Player(left, countdown)));
            players.AddRange([ping, pong]);
            ping.Tell(Ball, pong);
        }
        await done;
        players.ForEach(actors.Stop);
    }

    private async Task RunPeer(int count, Func<Action, (Action Send, Action End)> make)
    {
        var countdown = new Countdown();
        var done = countdown.Start(pairs);
        var ends = new List<Action>();
        for (var i = 0; i < pairs; i++)
        {
            var left = count / pairs;
            void Handle(Action send)
            {
                if (--left == 0)
                {
                    countdown.ArrivedShared();
                }
                else if (left > 0)
                {
                    send();
                }
            }
            Action sendPing = () => { };
            var (sendPong, endPong) = make(() => Handle(sendPing));
            var (ping, endPing) = make(() => Handle(sendPong));
            sendPing = ping;
            ends.AddRange([endPong, endPing]);
            sendPong();
        }
        await done;
        ends.ForEach(end => end());
    }

    private sealed class Player : ReceiveActor
    {
        public Player(int[] left, Countdown countdown) => Receive<object>(ball =>
        {
            if (--left[0] == 0)
            {
                countdown.ArrivedShared();
            }
            else if (left[0] > 0)
            {
                Sender.Tell(ball, Self);
            }
        });
    }
}
