using Sluice.Kernel.Actor;
using Sluice.Kernel.Tests.TestKit;

namespace Sluice.Kernel.Tests.Pattern;

public sealed class CoordinatedShutdownSpecs() : KitSpecs(VirtualTime + """

    sluice.kernel.coordinated-shutdown {
      default-phase-timeout = 5s
      phases {
        strict { depends-on = [before-service-unbind], recover = off }
        service-unbind.depends-on = [strict]
        service-stop.enabled = off
      }
    }
    """)
{
    private readonly List<string> _ran = [];

    private CoordinatedShutdown Phases => CoordinatedShutdown.Get(Sys);

    [Fact]
    public async Task Tasks_run_in_the_order_of_their_phases_and_the_actors_end_last()
    {
        Add(CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "last");
        Add(CoordinatedShutdown.PhaseClusterLeave, "third");
        Add(CoordinatedShutdown.PhaseServiceUnbind, "second");
        Add(CoordinatedShutdown.PhaseBeforeServiceUnbind, "first");

        await Run();

        _ran.ShouldBe(["first", "second", "third", "last"]);
        Sys.WhenTerminated.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void A_phase_comes_behind_those_that_it_depends_on()
    {
        var order = Phases.OrderedPhases.Select(phase => phase.Name).ToList();

        foreach (var phase in Phases.OrderedPhases)
        {
            phase.DependsOn.ShouldAllBe(before => order.IndexOf(before) < order.IndexOf(phase.Name));
        }
        order[^1].ShouldBe(CoordinatedShutdown.PhaseActorSystemTerminate);
    }

    [Fact]
    public async Task It_runs_once_and_for_the_first_reason()
    {
        Add(CoordinatedShutdown.PhaseServiceUnbind, "task");

        var first = Phases.Run(CoordinatedShutdown.ClrExitReason.Instance);
        var second = Phases.Run(CoordinatedShutdown.UnknownReason.Instance);
        await first;

        second.ShouldBeSameAs(first);
        Phases.ShutdownReason.ShouldBe(CoordinatedShutdown.ClrExitReason.Instance);
        _ran.ShouldBe(["task"]);
    }

    [Fact]
    public async Task The_end_of_the_system_runs_it()
    {
        Add(CoordinatedShutdown.PhaseServiceUnbind, "task");

        await Sys.Terminate();

        _ran.ShouldBe(["task"]);
        Phases.ShutdownReason.ShouldBe(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
    }

    [Fact]
    public async Task A_phase_that_takes_too_long_is_logged_and_passed()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isCancelled = false;
        Phases.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "endless", token =>
        {
            token.Register(() => isCancelled = true);
            begun.SetResult();
            return new TaskCompletionSource<Done>().Task;
        });
        Add(CoordinatedShutdown.PhaseServiceRequestsDone, "next");
        var warning = "The phase service-unbind of the coordinated shutdown took longer than 00:00:05, it goes on without endless";

        await EventFilter.Warning(warning).ExpectOneAsync(async () =>
        {
            var run = Run();
            await begun.Task;
            Scheduler.Advance(Second * 5);
            await run;
        });

        isCancelled.ShouldBeTrue();
        _ran.ShouldBe(["next"]);
    }

    [Fact]
    public async Task A_task_that_fails_is_logged_and_the_others_go_on()
    {
        Phases.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "failing", () => throw new InvalidOperationException());
        Add(CoordinatedShutdown.PhaseServiceUnbind, "sibling");
        Add(CoordinatedShutdown.PhaseServiceRequestsDone, "next");

        await EventFilter.Warning(start: "The task failing of the phase service-unbind failed").ExpectOneAsync(Run);

        _ran.ShouldBe(["sibling", "next"]);
    }

    [Fact]
    public async Task A_task_that_fails_in_a_phase_without_recovery_ends_the_run()
    {
        Phases.AddTask("strict", "failing", () => throw new InvalidOperationException());
        Add(CoordinatedShutdown.PhaseServiceUnbind, "next");

        await Should.ThrowAsync<InvalidOperationException>(Run);

        _ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tasks_of_a_disabled_phase_do_not_run()
    {
        Add(CoordinatedShutdown.PhaseServiceStop, "disabled");

        await Run();

        _ran.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_can_begin_with_a_later_phase()
    {
        Add(CoordinatedShutdown.PhaseBeforeServiceUnbind, "passed over");
        Add(CoordinatedShutdown.PhaseClusterLeave, "run");

        await Phases.Run(CoordinatedShutdown.UnknownReason.Instance, CoordinatedShutdown.PhaseServiceUnbind);

        _ran.ShouldBe(["run"]);
    }

    [Fact]
    public async Task A_task_may_be_added_to_a_later_phase_while_it_runs()
    {
        Phases.AddTask(CoordinatedShutdown.PhaseServiceUnbind, "adding", () =>
        {
            Add(CoordinatedShutdown.PhaseClusterLeave, "late");
            return Task.FromResult(Done.Instance);
        });

        await EventFilter.Warning(start: "The task too late does not run").ExpectOneAsync(async () =>
        {
            await Run();
            Add(CoordinatedShutdown.PhaseClusterLeave, "too late");
        });

        _ran.ShouldBe(["late"]);
    }

    [Fact]
    public void An_unknown_phase_is_refused_with_those_that_there_are() =>
        Should.Throw<ArgumentException>(() => Add("lunch", "eat"))
            .Message.ShouldStartWith("'lunch' is no phase of the coordinated shutdown: take one of ");

    private Task Run() => Phases.Run(CoordinatedShutdown.UnknownReason.Instance);

    private void Add(string phase, string name) => Phases.AddTask(phase, name, () =>
    {
        lock (_ran)
        {
            _ran.Add(name);
        }
        return Task.FromResult(Done.Instance);
    });
}
