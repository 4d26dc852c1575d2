using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

public sealed class AskSpecs : KernelSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_ask_without_answer_times_out_and_a_late_answer_is_a_dead_letter()
    {
        var dead = Subscribe<DeadLetter>();
        var asker = new TaskCompletionSource<IActorRef>();
        var silent = Start(me => me.On<string>(_ => asker.SetResult(me.Sender)));
        var ask = silent.Ask<string>("?", TimeSpan.FromSeconds(1));
        var sender = await asker.Task.WaitAsync(Long);

        Clock.Advance(TimeSpan.FromSeconds(1));
        (await Should.ThrowAsync<AskTimeoutException>(() => ask.WaitAsync(Long))).Message.ShouldContain("did not answer within 00:00:01");
        sender.Tell("late");

        (await dead.Expect<DeadLetter>()).Message.ShouldBe("late");
    }

    [Fact]
    public async Task A_cancelled_ask_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var ask = Start(_ => { }).Ask<string>("?", cancellation.Token);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<TaskCanceledException>(() => ask.WaitAsync(Long));
    }

    [Fact]
    public async Task A_failure_as_the_answer_faults_the_task()
    {
        var failing = Start(me => me.On<string>(_ => me.Sender.Tell(new Status.Failure(new InvalidOperationException("no")))));

        (await Should.ThrowAsync<InvalidOperationException>(() => failing.Ask<string>("?").WaitAsync(Long))).Message.ShouldBe("no");
        (await failing.Ask<object>("?").WaitAsync(Long)).ShouldBeOfType<Status.Failure>();
    }

    [Fact]
    public async Task An_answer_of_another_type_faults_the_task()
    {
        var echo = Start(me => me.OnAny(message => me.Sender.Tell(message)));

        (await Should.ThrowAsync<ArgumentException>(() => echo.Ask<int>("text").WaitAsync(Long))).Message.ShouldContain("System.Int32");
    }

    [Fact]
    public async Task Temporary_refs_leave_when_their_ask_ends()
    {
        var provider = (Kernel.Actor.Cells.LocalActorRefProvider)((ExtendedActorSystem)Sys).Provider;
        var paths = Start(me => me.On<string>(_ => me.Sender.Tell(me.Sender.Path)));

        var path = await paths.Ask<ActorPath>("?").WaitAsync(Long);

        path.ToStringWithoutAddress().ShouldStartWith("/temp/$");
        await Waiting.Until(() => provider.TemporaryActors == 0);
    }

    [Fact]
    public async Task The_ref_of_a_running_ask_is_found_by_its_path()
    {
        var echo = Start(me => me.On<string>(_ => Sys.ActorSelection(me.Sender.Path).Tell("found")));

        (await echo.Ask<string>("?").WaitAsync(Long)).ShouldBe("found");
    }

    [Fact]
    public async Task The_question_may_hold_the_ref_to_be_answered()
    {
        var answering = Start(me => me.On<IActorRef>(asker => asker.Tell("yes")));

        (await answering.Ask<string>(asker => asker, Long)).ShouldBe("yes");
    }

    [Fact]
    public async Task The_continuation_of_an_ask_does_not_run_in_the_turn_of_the_answering_actor()
    {
        var echo = Start(me => me.OnAny(message => me.Sender.Tell(message)));

        await Task.Run(async () =>
        {
            await echo.Ask<string>("?");
            Should.Throw<NotSupportedException>(() => LambdaActor.Context);
        });
    }

    [Fact]
    public async Task An_ask_that_would_time_out_ends_with_the_system_of_whom_it_asks()
    {
        var other = ActorSystem.Create("other", Hocon.ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
        var silent = other.ActorOf(Props.Empty);
        var before = silent.Ask<string>("?", TimeSpan.FromHours(1));

        await other.Terminate().WaitAsync(Long);
        var after = silent.Ask<string>("?", TimeSpan.FromHours(1));

        (await Should.ThrowAsync<AskTimeoutException>(() => before.WaitAsync(Long))).Message.ShouldContain("did not answer before its system ended");
        await Should.ThrowAsync<AskTimeoutException>(() => after.WaitAsync(Long));
    }

    [Fact]
    public async Task The_default_timeout_is_a_setting()
    {
        using var other = ActorSystem.Create("other", BootstrapSetup.Create().WithTimeProvider(Clock).WithConfig(
            Hocon.ConfigurationFactory.ParseString("sluice.kernel { ask-timeout = 2s, log-to-console = off }")));
        var ask = other.ActorOf(Props.Empty).Ask<string>("?");

        Clock.Advance(TimeSpan.FromSeconds(2));

        await Should.ThrowAsync<AskTimeoutException>(() => ask.WaitAsync(Long));
        await other.Terminate().WaitAsync(Long);
    }

    [Fact]
    public async Task A_piped_task_sends_its_result_its_fault_or_what_the_mappers_make_of_them()
    {
        var inbox = NewInbox();

        await Task.FromResult("result").PipeTo(inbox.Ref);
        await inbox.Expect("result");
        await Task.FromException<string>(new InvalidOperationException("fault")).PipeTo(inbox.Ref);
        (await inbox.Expect<Status.Failure>()).Cause.Message.ShouldBe("fault");
        await Task.FromCanceled<string>(new CancellationToken(true)).PipeTo(inbox.Ref);
        (await inbox.Expect<Status.Failure>()).Cause.ShouldBeAssignableTo<OperationCanceledException>();
        await Task.FromResult(20).PipeTo(inbox.Ref, inbox.Ref, success: number => number + 1);
        await inbox.Expect(21);
        inbox.LastSender.ShouldBe(inbox.Ref);
        await Task.FromException(new InvalidOperationException("mapped")).PipeTo(inbox.Ref, failure: fault => fault.Message);
        await inbox.Expect("mapped");
    }
}
