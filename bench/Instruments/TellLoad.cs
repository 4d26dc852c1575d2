using Sluice.Hocon;
using Sluice.Kernel.Actor;

namespace Sluice.Instruments.Bench;

/// <summary>
/// Messages to be told and handled. Compiled twice: against the kernel, and against the kernel without hooks. The actors are watched by
/// the instruments that are active where it is made.
/// </summary>
public sealed class TellLoad : IAsyncDisposable
{
    private static readonly object s_message = new();
    private readonly ActorSystem _system;
    private readonly Countdown _left = new();
    private readonly IActorRef _relay;
    private readonly IActorRef _counter;

    public TellLoad(string settings = "")
    {
        _system = ActorSystem.Create("bench", ConfigurationFactory.ParseString($"sluice.kernel.loglevel = ERROR\n{settings}"));
        _relay = _system.ActorOf(Props.Create(() => new Relay(_left)), "relay");
        _counter = _system.ActorOf(Props.Create(() => new Counter(_left)), "counter");
    }

    /// <summary>The system that the actors live in.</summary>
    public ActorSystem System => _system;

    /// <summary>One actor that tells itself, on one thread: the bare cost of a message, with the least noise.</summary>
    public Task ToItself(int count)
    {
        var done = _left.Start(count);
        _relay.Tell(s_message, ActorRefs.NoSender);
        return done;
    }

    /// <summary>One thread tells, another handles.</summary>
    public async Task FromOutside(int count)
    {
        var done = _left.Start(count);
        await Task.Run(() =>
        {
            for (var i = 0; i < count; i++)
            {
                _counter.Tell(s_message, ActorRefs.NoSender);
            }
        });
        await done;
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private sealed class Countdown
    {
        private TaskCompletionSource _done = new();
        private int _left;

        public Task Start(int count)
        {
            _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _left, count);
            return _done.Task;
        }

        public bool Arrived()
        {
            if (--_left == 0)
            {
                _done.SetResult();
                return false;
            }

            return true;
        }
    }

    private sealed class Relay : ReceiveActor
    {
        public Relay(Countdown left) => Receive<object>(message =>
        {
            if (left.Arrived())
            {
                Self.Tell(message, ActorRefs.NoSender);
            }
        });
    }

    private sealed class Counter : ReceiveActor
    {
        public Counter(Countdown left) => Receive<object>(_ => left.Arrived());
    }
}
