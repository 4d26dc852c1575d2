using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Bench;

/// <summary>Asks one at a time.</summary>
internal sealed class AskCase(ActorSystem system) : IBenchCase
{
    public static readonly object Question = new();

    public string Name => "ask";

    public string Unit => "asks/s";

    public int Operations => 50_000;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; } = Make(system);

    public static List<(string Name, Func<Task> Ask)> Asking(ActorSystem system)
    {
        var actor = system.ActorOf(Props.Create(() => new Echo()));
        var channel = Consumer.OnChannel<TaskCompletionSource<object>>(asked => asked.SetResult(Question));
        var block = Consumer.OnDataflow<TaskCompletionSource<object>>(asked => asked.SetResult(Question));
        return
        [
            ("Sluice", () => actor.Ask<object>(Question)),
            ("Channel<T>", () => Asked(asked => channel.TryWrite(asked))),
            ("ActionBlock<T>", () => Asked(asked => block.Post(asked))),
        ];
    }

    private static Task<object> Asked(Action<TaskCompletionSource<object>> ask)
    {
        var asked = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        ask(asked);
        return asked.Task;
    }

    private static List<(string, Func<int, Task>)> Make(ActorSystem system) =>
    [
        .. Asking(system).Select(one => (one.Name, (Func<int, Task>)(async count =>
        {
            for (var i = 0; i < count; i++)
            {
                await one.Ask();
            }
        }))),
    ];

    private sealed class Echo : ReceiveActor
    {
        public Echo() => Receive<object>(question => Sender.Tell(question, Self));
    }
}
