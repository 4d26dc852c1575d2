using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sluice.Actors.Instruments;
using Sluice.Actors.Tests.Pools;
using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Actors.Tubes;
using Sluice.Hocon;
using Sluice.Instruments;
using Sluice.Instruments.Queues;
using Sluice.Instruments.Sockets;
using Sluice.Instruments.Tasks;
using Sluice.Kernel.Actor;
using Sluice.Messages.Instruments;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tests.Instruments;

public sealed class InstrumentActorSpecs : IAsyncLifetime, IAsyncDisposable
{
    private static readonly InstrumentActorSettings s_settings =
        ConfigurationFactory.FromResource<InstrumentActor>().Bind<InstrumentActorSettings>("sluice.instruments");

    private readonly ActorSystem _system = ActorSystem.Create("watched", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));

    public Task InitializeAsync() => Task.CompletedTask;

    Task IAsyncLifetime.DisposeAsync() => _system.Terminate();

    public async ValueTask DisposeAsync() => await _system.Terminate();

    [Fact]
    public async Task Instruments_4_1_events_of_chosen_actors_come_as_messages_in_order_for_each_source()
    {
        var (one, other) = (Worker("one"), Worker("other"));
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(InstrumentActor.Start(_system, s_settings), new SubscribeEvents { Actors = ["/user/on*"], Events = ["QueueGet", "TaskAfterSend"] });

        for (var number = 0; number < 100; number++)
        {
            other.Tell($"{number}");
            one.Tell($"{number}");
        }

        var seen = await subscriber.TakeAsync(200);
        seen.ShouldAllBe(happened => happened.Source.EndsWith("/user/one", StringComparison.Ordinal) && happened.Kind == nameof(WorkerActor));
        seen.Where(happened => happened.Event == "QueueGet").Select(happened => happened.Message).ShouldBe(Enumerable.Range(0, 100).Select(number => $"{number}"));
        seen.Where(happened => happened.Event == "TaskAfterSend").Select(happened => happened.Next).Distinct().ShouldBe(["Waits"]);
        seen.Select(happened => happened.Number).ShouldBeInOrder();
        seen[0].MessageType.ShouldBe("String");
    }

    [Fact]
    public async Task Instruments_4_1_what_happens_right_after_the_confirmation_is_seen()
    {
        var worker = Worker("worker");
        var actor = InstrumentActor.Start(_system, s_settings);
        for (var round = 0; round < 500; round++)
        {
            var subscriber = new Subscriber(_system, answers: true);
            await subscriber.SubscribeAsync(actor, new SubscribeEvents { Events = ["QueueGet"] });
            worker.Tell(round);

            (await subscriber.TakeAsync(1)).ShouldHaveSingleItem().Message.ShouldBe($"{round}");
            await subscriber.UnsubscribeAsync(actor);
        }
    }

    [Fact]
    public async Task Instruments_4_1_the_whole_system_is_watched_when_no_path_is_given_also_what_comes_later()
    {
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(InstrumentActor.Start(_system, s_settings), new SubscribeEvents { Events = ["TaskError"] });

        Worker("later").Tell(Kill.Instance);

        var failed = (await subscriber.TakeAsync(1)).ShouldHaveSingleItem();
        failed.Event.ShouldBe("TaskError");
        failed.Error!.ShouldStartWith("ActorKilledException: ");
        failed.Source.ShouldEndWith("/user/later");
    }

    [Fact]
    public async Task Instruments_4_1_queues_and_sockets_that_a_watched_actor_opens_are_seen_with_it()
    {
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(
            InstrumentActor.Start(_system, s_settings),
            new SubscribeEvents { Events = ["QueuePut", "SocketConnectReady", "SocketSendData", "SocketClose", "TaskCompleted"], MessageTypes = [] });
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        _system.ActorOf(Props.Create(() => new Opener((IPEndPoint)server.LocalEndpoint)), "opener").Tell("go");

        var seen = new List<InstrumentEvent>();
        while (seen.Count == 0 || seen[^1].Event != "SocketClose")
        {
            seen.AddRange(await subscriber.TakeAsync(1));
        }

        seen.Where(happened => happened.Kind == "queue").Select(happened => (happened.Source, happened.Event, happened.Message)).ShouldBe([("lines", "QueuePut", "one")]);
        seen.Where(happened => happened.Kind == "tcp").Select(happened => happened.Event).ShouldBe(["SocketConnectReady", "SocketSendData", "SocketClose"]);
        seen.Single(happened => happened.Event == "SocketSendData").Message.ShouldBe("5");
    }

    [Fact]
    public async Task Instruments_4_1_a_tube_whose_run_begins_is_seen_by_who_watches_its_runner()
    {
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(
            InstrumentActor.Start(_system, s_settings), new SubscribeEvents { Actors = ["/user/tube-*"], Events = ["EpochStart", "NodeEmitted", "EpochEnd"] });
        await using var tube = TubeHarness.Build("nodes:\n  count: { type: T.Nodes.Count }\n  twice: { type: T.Nodes.Twice, depends: count.value }");
        await using var runner = AsyncRunner.Start(_system, tube);

        await runner.ProcessAsync();
        await runner.ProcessAsync();

        (await subscriber.TakeAsync(8)).Select(happened => $"{happened.Event} {happened.Source} {happened.Epoch} {happened.Message}").ShouldBe(
        [
            "EpochStart test 0 ", "NodeEmitted test:count 0 0", "NodeEmitted test:twice 0 0", "EpochEnd test 0 ",
            "EpochStart test 1 ", "NodeEmitted test:count 1 1", "NodeEmitted test:twice 1 2", "EpochEnd test 1 ",
        ]);
    }

    [Fact]
    public async Task Instruments_4_1_who_watches_a_runner_is_told_what_there_was_of_the_run_before_its_first_epoch()
    {
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(
            InstrumentActor.Start(_system, s_settings),
            new SubscribeEvents { Actors = ["/user/tube-*"], Events = ["RunStart", "NodeRegistered", "AssetMade", "EpochStart", "AssetReleased", "RunEnd"] });
        await using var tube = TubeHarness.Build("assets: { lease: { type: T.Lease, scope: runner, params: { gate: none } } }\nnodes: { count: { type: T.Nodes.Count } }");
        await using var runner = AsyncRunner.Start(_system, tube);

        await runner.RunAsync(1);
        await runner.RunAsync(1);

        string[] run = ["RunStart test", "NodeRegistered test:count", "AssetMade test", "EpochStart test", "AssetReleased test", "RunEnd test"];
        (await subscriber.TakeAsync(12)).Select(happened => $"{happened.Event} {happened.Source}").ShouldBe([.. run, .. run]);
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("async")]
    public async Task Instruments_4_1_the_beginning_and_the_end_of_a_run_are_seen_by_who_watches_the_actor_that_carries_it_out(string kind)
    {
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(
            InstrumentActor.Start(_system, s_settings), new SubscribeEvents { Events = ["RunStart", "NodeRegistered", "EpochStart", "RunEnd"] });
        var runner = _system.ActorOf(Props.Create(() => new Running(kind)), "runner");

        runner.Tell(2);

        (await subscriber.TakeAsync(5)).Select(happened => $"{happened.Event} {happened.Source}").ShouldBe(
            ["RunStart test", "NodeRegistered test:count", "EpochStart test", "EpochStart test", "RunEnd test"]);
    }

    [Fact]
    public async Task Instruments_4_1_tasks_that_a_watched_actor_starts_are_seen_with_it()
    {
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(
            InstrumentActor.Start(_system, s_settings),
            new SubscribeEvents { Actors = ["/user/starter"], Events = ["TaskBeforeSend", "TaskAfterSend", "TaskCompleted", "TaskError", "TaskCancelled"] });

        _system.ActorOf(Props.Create(() => new TaskStarter()), "starter").Tell("go");

        var seen = new List<InstrumentEvent>();
        while (seen.Count(happened => happened.Kind == "task" && happened.Event is "TaskCompleted" or "TaskError" or "TaskCancelled") < 3)
        {
            seen.AddRange(await subscriber.TakeAsync(1));
        }

        string[] Of(string task) => [.. seen.Where(happened => happened.Source == task).Select(happened => $"{happened.Event} {happened.Next} {happened.Message}".TrimEnd())];
        Of("returns").ShouldBe(["TaskBeforeSend", "TaskAfterSend Completed", "TaskCompleted  42"]);
        Of("throws").ShouldBe(["TaskBeforeSend", "TaskAfterSend Failed", "TaskError"]);
        Of("is cancelled")[^1].ShouldBe("TaskCancelled");
        seen.Single(happened => happened.Event == "TaskError").Error.ShouldBe("InvalidDataException: bad row");
    }

    [Fact]
    public async Task Instruments_4_1_TLS_handshakes_of_a_watched_actor_are_seen_with_it()
    {
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(
            InstrumentActor.Start(_system, s_settings), new SubscribeEvents { Events = ["SocketConnectReady", "TlsHandshakeComplete", "SocketClose"] });
        using var certificate = SelfSigned();
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = ServeOnceAsync(server, certificate);

        _system.ActorOf(Props.Create(() => new SecureOpener((IPEndPoint)server.LocalEndpoint, certificate.GetCertHashString())), "opener").Tell("go");

        var seen = await subscriber.TakeAsync(3);
        seen.Select(happened => happened.Event).ShouldBe(["SocketConnectReady", "TlsHandshakeComplete", "SocketClose"]);
        seen.Select(happened => happened.Source).Distinct().ShouldHaveSingleItem().ShouldEndWith($" to {server.LocalEndpoint}");
        seen[1].Message!.ShouldStartWith("Tls");
        await serving.Within();
    }

    [Fact]
    public async Task Instruments_4_1_after_a_full_batch_the_subscription_rests_and_goes_on()
    {
        var subscriber = new Subscriber(_system, answers: true);
        var actor = InstrumentActor.Start(_system, s_settings with { Batch = 7, Pause = TimeSpan.FromMilliseconds(1) });
        await subscriber.SubscribeAsync(actor, new SubscribeEvents { Events = ["QueuePut"] });
        var worker = Worker("worker");

        for (var number = 0; number < 100; number++)
        {
            worker.Tell(number);
        }

        (await subscriber.TakeAsync(100)).Select(happened => happened.Message).ShouldBe(Enumerable.Range(0, 100).Select(number => $"{number}"));
    }

    [Fact]
    public async Task Instruments_4_1_filters_and_sampling_leave_out_the_rest()
    {
        var subscriber = new Subscriber(_system, answers: true);
        var wish = new SubscribeEvents { Events = ["QueuePut"], MessageTypes = ["Int32"], OneIn = 10 };
        await subscriber.SubscribeAsync(InstrumentActor.Start(_system, s_settings), wish);
        var worker = Worker("worker");

        for (var number = 1; number <= 50; number++)
        {
            worker.Tell("text");
            worker.Tell(number);
        }

        (await subscriber.TakeAsync(5)).Select(happened => happened.Message).ShouldBe(["10", "20", "30", "40", "50"]);
    }

    [Fact]
    public async Task Instruments_4_1_what_finds_no_room_is_dropped_counted_and_reported()
    {
        var subscriber = new Subscriber(_system, answers: false);
        var actor = InstrumentActor.Start(_system, s_settings with { Buffer = 10, Batch = 5, Patience = TimeSpan.FromHours(1) });
        await subscriber.SubscribeAsync(actor, new SubscribeEvents { Events = ["QueuePut"] });
        var worker = Worker("worker");

        worker.Tell("first");
        await subscriber.TakeAsync(1);
        for (var number = 0; number < 100; number++)
        {
            worker.Tell("more");
        }

        subscriber.Answer();
        var batch = await subscriber.NextBatchAsync();
        subscriber.Answer();
        var ended = await subscriber.UnsubscribeAsync(actor);

        batch.Events.Count.ShouldBe(5);
        batch.Dropped.ShouldBe(90);
        ended.Dropped.ShouldBe(90);
    }

    [Fact]
    public async Task Instruments_4_2_an_actor_unsubscribes_by_message_and_a_dead_subscriber_is_forgotten()
    {
        var actor = InstrumentActor.Start(_system, s_settings);
        var (leaving, dying) = (new Subscriber(_system, answers: true), new Subscriber(_system, answers: true));
        await leaving.SubscribeAsync(actor, new SubscribeEvents());
        await dying.SubscribeAsync(actor, new SubscribeEvents());
        await Deadline.Until(async () => (await Status(actor)).Subscriptions.Count == 2);

        await leaving.UnsubscribeAsync(actor);
        await dying.Actor.GracefulStop(TimeSpan.FromSeconds(30));

        await Deadline.Until(async () => (await Status(actor)).Subscriptions.Count == 0);
        Worker("worker").Tell("unseen");
    }

    [Fact]
    public async Task Instruments_4_2_a_second_subscription_replaces_the_first()
    {
        var worker = Worker("worker");
        var actor = InstrumentActor.Start(_system, s_settings);
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(actor, new SubscribeEvents { Events = ["QueuePut"] });
        await subscriber.SubscribeAsync(actor, new SubscribeEvents { Events = ["TaskCompleted"] });

        worker.Tell("unseen");
        await worker.GracefulStop(TimeSpan.FromSeconds(30));

        (await subscriber.TakeAsync(1)).Select(happened => happened.Event).ShouldBe(["TaskCompleted"]);
        await Deadline.Until(async () => (await Status(actor)).Subscriptions.Count == 1);
    }

    [Fact]
    public async Task Instruments_4_3_a_subscriber_that_never_answers_slows_nobody_and_hears_again_after_a_while()
    {
        var worker = Worker("worker");
        var silent = new Subscriber(_system, answers: false);
        var actor = InstrumentActor.Start(_system, s_settings with { Buffer = 8, Patience = TimeSpan.FromMilliseconds(1) });
        await silent.SubscribeAsync(actor, new SubscribeEvents { Events = ["QueueGet"] });

        for (var number = 0; number < 10_000; number++)
        {
            worker.Tell(number);
        }

        (await worker.Ask<int>("how many?", TimeSpan.FromSeconds(30))).ShouldBe(10_000);
        await silent.NextBatchAsync();
        worker.Tell("again");
        await silent.NextBatchAsync();
    }

    [Theory]
    [InlineData("user/a", "QueuePut", 1, "'user/a' is no path of actors")]
    [InlineData("/user//a", "QueuePut", 1, "'/user//a' is no path of actors")]
    [InlineData("/user/a", "OnQueuePut", 1, "There is no event 'OnQueuePut'")]
    [InlineData("/user/a", "QueuePut", 0, "OneIn is 0")]
    [InlineData("/user/a", "5", 1, "There is no event '5'")]
    [InlineData("/user/a", null, 1, "Actors, Events and MessageTypes may be empty, but not null")]
    [InlineData(null, "QueuePut", 1, "Actors, Events and MessageTypes may be empty, but not null")]
    public async Task A_wish_that_cannot_be_met_is_refused_with_the_remedy(string? path, string? hook, int oneIn, string reason)
    {
        var actor = InstrumentActor.Start(_system, s_settings);

        var refused = await actor.Ask<SubscriptionRefused>(new SubscribeEvents { Actors = [path!], Events = [hook!], OneIn = oneIn }, TimeSpan.FromSeconds(30));

        refused.Reason.ShouldStartWith(reason);
    }

    [Fact]
    public async Task Instruments_4_2_a_wish_that_makes_no_sense_ends_nobody_elses_subscription()
    {
        var worker = Worker("worker");
        var actor = InstrumentActor.Start(_system, s_settings);
        var subscriber = new Subscriber(_system, answers: true);
        await subscriber.SubscribeAsync(actor, new SubscribeEvents { Events = ["QueueGet"] });

        await actor.Ask<SubscriptionRefused>(new SubscribeEvents { Events = null! }, TimeSpan.FromSeconds(30));
        await actor.Ask<SubscriptionRefused>(new SubscribeEvents { Actors = null! }, TimeSpan.FromSeconds(30));
        await actor.Ask<SubscriptionRefused>(new SubscribeEvents { MessageTypes = null! }, TimeSpan.FromSeconds(30));
        worker.Tell("seen");

        (await subscriber.TakeAsync(1)).Select(happened => happened.Message).ShouldBe(["seen"]);
    }

    [Theory]
    [InlineData("/user/**", "/user/a/b", true)]
    [InlineData("/user/**", "/user", true)]
    [InlineData("/user/*", "/user/a", true)]
    [InlineData("/user/*", "/user/a/b", false)]
    [InlineData("/user/tube-*/**", "/user/tube-1/node", true)]
    [InlineData("/user/tube-*/**", "/user/pool/tube-1", false)]
    [InlineData("/**/node", "/user/tube/node", true)]
    [InlineData("/user/a", "/user/ab", false)]
    public void Paths_match_by_names(string pattern, string path, bool matches) => PathPattern.TryParse(pattern)!.Matches(path).ShouldBe(matches);

    [Fact]
    public void The_messages_are_plain_and_pass_through_JSON()
    {
        var happened = new InstrumentEvent(1, DateTimeOffset.UnixEpoch, "QueuePut", "sluice://a/user/b", "B", "String", "text", TimeSpan.FromSeconds(1), "Waits", null);
        object[] messages =
        [
            new SubscribeEvents { Actors = ["/user/*"] }, new UnsubscribeEvents(), new MoreEvents(), new GetEventSubscriptions(), new EventsSubscribed(["/user/*"], 5),
            new SubscriptionRefused("no"), new SubscriptionEnded(1, 2), new ObservedEvents([happened], 3),
            new EventSubscriptions([new EventSubscriptionStatus("sluice://a/user/c", ["/user/*"], 1, 2)]),
        ];

        foreach (var message in messages)
        {
            var json = JsonSerializer.Serialize(message, message.GetType());
            JsonSerializer.Serialize(JsonSerializer.Deserialize(json, message.GetType()), message.GetType()).ShouldBe(json);
        }
    }

    private static Task<EventSubscriptions> Status(IActorRef actor) => actor.Ask<EventSubscriptions>(new GetEventSubscriptions(), TimeSpan.FromSeconds(30));

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sluice.test", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private static async Task ServeOnceAsync(TcpListener server, X509Certificate2 certificate)
    {
        using var accepted = await server.AcceptTcpClientAsync();
        await using var secure = new SslStream(accepted.GetStream());
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate });

        // Until the other end has gone.
        await secure.ReadAsync(new byte[1]).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    private IActorRef Worker(string name) => _system.ActorOf(Props.Create(() => new WorkerActor()), name);

    private sealed class WorkerActor : ReceiveActor
    {
        private int _count;

        public WorkerActor()
        {
            Receive<int>(_ => _count++);
            Receive<string>(_ => Sender.Tell(_count), text => text == "how many?");
            Receive<string>(_ => { });
        }
    }

    /// <summary>Runs a tube for some epochs.</summary>
    private sealed class Running : ReceiveActor
    {
        public Running(string kind) => ReceiveAsync<int>(async epochs =>
        {
            await using var tube = TubeHarness.Build("nodes:\n  count: { type: T.Nodes.Count }");
            await using TubeRunner runner = kind == "sync" ? new SyncRunner(tube) : AsyncRunner.Start(Context.System, tube);
            for (var epoch = 0; epoch < epochs; epoch++)
            {
                await runner.ProcessAsync();
            }
        });
    }

    /// <summary>Starts tasks that end in each way.</summary>
    private sealed class TaskStarter : ReceiveActor
    {
        public TaskStarter() => ReceiveAsync<string>(async _ =>
        {
            using var cancel = new CancellationTokenSource();
            var tasks = new Task[]
            {
                ObservedTask.Run("returns", _ => Task.FromResult(42)),
                ObservedTask.Run("throws", _ => throw new InvalidDataException("bad row")),
                ObservedTask.Run("is cancelled", token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), cancel.Token),
            };
            await cancel.CancelAsync();
            await Task.WhenAll(tasks).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
    }

    /// <summary>Connects, shakes hands and goes.</summary>
    private sealed class SecureOpener : ReceiveActor
    {
        public SecureOpener(IPEndPoint target, string hash) => ReceiveAsync<string>(async _ =>
        {
            var connections = new ObservedConnections(InstrumentScope.Active);
            var connection = await connections.ConnectAsync(target);
            var options = new SslClientAuthenticationOptions { TargetHost = "sluice.test", RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == hash };
            await using var secure = await connections.SecureAsync(connection, options);
        });
    }

    /// <summary>Puts an item into a queue and sends five bytes.</summary>
    private sealed class Opener : ReceiveActor
    {
        public Opener(IPEndPoint target) => ReceiveAsync<string>(async _ =>
        {
            new AsyncQueue<string>(name: "lines").TryPut("one");
            await using var connection = await new ObservedConnections(InstrumentScope.Active).ConnectAsync(target);
            await connection.WriteAsync("hello"u8.ToArray());
        });
    }
}
