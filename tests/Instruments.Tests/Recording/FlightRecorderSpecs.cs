using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;
using Sluice.Instruments.Queues;
using Sluice.Instruments.Recording;

namespace Sluice.Instruments.Tests.Recording;

public sealed class FlightRecorderSpecs
{
    private readonly CountingClock _clock = new();
    private readonly List<FlightReport> _reports = [];

    [Fact]
    public void Instruments_3_The_recorder_keeps_the_last_events_per_actor_and_reports_them_when_it_fails()
    {
        var guardian = new Named("/user", "Guardian");
        var worker = new Named("/user/worker", "Worker", guardian);
        var watchers = Watch(eventsPerSource: 4);
        var fault = new InvalidDataException("bad row");
        watchers.OnTaskBeforeSend(new TaskTurn(guardian, "start"));
        foreach (var message in (string[])["one", "two", "three"])
        {
            watchers.OnQueuePut(new QueueEvent(worker, ItemView.Of(in message), immediate: true));
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        watchers.OnTaskBeforeSend(new TaskTurn(worker, "one"));
        watchers.OnTaskAfterSend(new TaskTurnEnded(worker, "one", TaskNext.Failed, TimeSpan.FromMilliseconds(2.5)));
        watchers.OnTaskAfterThrow(new TaskFault(worker, fault, "one", TaskNext.Stopped));
        watchers.OnTaskError(new TaskEnded(worker, null, fault));

        _reports.ShouldHaveSingleItem().ToString().ShouldBe(
            """
            Flight recorder, 2030-01-02 03:04:05.003Z: /user/worker failed with InvalidDataException; 3 waiting in its mailbox
            System.IO.InvalidDataException: bad row

            /user/worker (Worker): last 4 of 6 events, 3 waiting in its mailbox
              03:04:05.002000 QueuePut three
              03:04:05.003000 TaskBeforeSend one
              03:04:05.003000 TaskAfterSend Failed one 0.0025s
              03:04:05.003000 TaskAfterThrow Stopped one InvalidDataException: bad row

            parent /user (Guardian): last 1 of 1 events, its mailbox is empty
              03:04:05.000000 TaskBeforeSend start

            """);
    }

    [Fact]
    public void The_report_of_a_failed_actor_says_first_that_its_mailbox_is_empty()
    {
        var worker = new Named("/user/worker", "Worker");
        var message = "one";
        var watchers = Watch(eventsPerSource: 4);
        watchers.OnQueuePut(new QueueEvent(worker, ItemView.Of(in message), immediate: true));
        watchers.OnQueueGet(new QueueEvent(worker, ItemView.Of(in message), immediate: true));
        watchers.OnTaskAfterThrow(new TaskFault(worker, new InvalidDataException("bad row"), message, TaskNext.Stopped));

        _reports.ShouldHaveSingleItem().ToString().Split('\n')[0].ShouldEndWith("/user/worker failed with InvalidDataException; its mailbox is empty");
    }

    [Fact]
    public void A_task_has_no_mailbox_that_a_report_could_name()
    {
        var task = new Named("reader", "task");
        var watchers = Watch(eventsPerSource: 4);

        watchers.OnTaskError(new TaskEnded(task, null, new InvalidDataException("bad row")));

        _reports.ShouldHaveSingleItem().ToString().Split('\n')[0].ShouldEndWith("reader failed with InvalidDataException");
    }

    [Fact]
    public void A_nodes_failure_is_reported_with_the_slots_that_others_wait_for()
    {
        var watchers = Watch(eventsPerSource: 10);
        var epoch = 3;
        var (join, parse) = (new Named("join", "node"), new Named("parse", "node"));
        watchers.OnNodeStalled(new NodeWaiting(EveryHook.Tube, join, ItemView.Of(in epoch), "left"));
        watchers.OnNodeStalled(new NodeWaiting(EveryHook.Tube, parse, ItemView.Of(in epoch), "line"));
        watchers.OnNodeStart(new NodeTurn(EveryHook.Tube, parse, ItemView.Of(in epoch)));

        watchers.OnNodeError(new NodeTurn(EveryHook.Tube, parse, ItemView.Of(in epoch), new InvalidDataException("bad row")));

        _reports.ShouldHaveSingleItem().Waiting.ShouldBe(["join in epoch 3 waits for left"]);
        _reports[0].ToString().ShouldContain("\nWaiting for slots\n  join in epoch 3 waits for left\n");
    }

    [Fact]
    public void A_call_that_has_failed_is_not_in_hand_any_more()
    {
        var watchers = Watch(eventsPerSource: 10);
        var (failed, going) = (3, 4);
        var parse = new Named("parse", "node");
        watchers.OnNodeStart(new NodeTurn(EveryHook.Tube, parse, ItemView.Of(in failed)));
        watchers.OnNodeStart(new NodeTurn(EveryHook.Tube, parse, ItemView.Of(in going)));

        watchers.OnNodeError(new NodeTurn(EveryHook.Tube, parse, ItemView.Of(in failed), new InvalidDataException("bad row")));

        _reports.ShouldHaveSingleItem().InHand.ShouldHaveSingleItem().ShouldStartWith("parse in epoch 4, called ");
    }

    [Fact]
    public async Task Reports_are_made_while_other_threads_begin_and_end_calls()
    {
        var recorder = new FlightRecorder(eventsPerSource: 1);
        var watchers = CompositeInstrument.With(null, InstrumentScope.Detached(recorder));
        var node = new Named("parse", "node");
        var isOver = false;
        var calls = Task.Run(() =>
        {
            for (var epoch = 0; !Volatile.Read(ref isOver); epoch = (epoch + 1) % 100)
            {
                watchers.OnNodeStart(new NodeTurn(EveryHook.Tube, node, ItemView.Of(in epoch)));
                var ended = (epoch + 50) % 100;
                watchers.OnNodeFinish(new NodeTurn(EveryHook.Tube, node, ItemView.Of(in ended)));
            }
        });
        try
        {
            await Deadline.Until(() => recorder.CallsBegun > 100);
            for (var round = 0; round < 5_000; round++)
            {
                recorder.Report(node);
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            await calls.Within();
        }

        recorder.Fault.ShouldBeNull();
    }

    [Fact]
    public void A_stuck_run_is_reported_with_everything_that_was_seen()
    {
        var recorder = new FlightRecorder(clock: _clock);
        using var scope = recorder.Enter();

        EveryHook.Fire(Instruments.Active!);

        var report = recorder.ReportAll();
        report.Parents.Select(part => part.Name).ShouldBe(
            ["/user/worker", "127.0.0.1:40000 to 127.0.0.1:5432", "127.0.0.1:80", "double", "etl", "orders"]);
        report.ToString().ShouldContain("orders (queue): last 2 of 2 events, it is empty\n");
        recorder.Fault.ShouldBeNull();
    }

    [Fact]
    public void What_is_used_nowhere_else_is_forgotten()
    {
        var recorder = new FlightRecorder(clock: _clock);
        using var scope = recorder.Enter();
        PutSomething();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        recorder.ReportAll().Parents.ShouldBeEmpty();
    }

    [Fact]
    public void A_recorder_of_nothing_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new FlightRecorder(eventsPerSource: 0));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void PutSomething() => new AsyncQueue<string>().TryPut("forgotten");

    private CompositeInstrument Watch(int eventsPerSource) =>
        CompositeInstrument.With(null, InstrumentScope.Detached(new FlightRecorder(eventsPerSource, _reports.Add, _clock)));
}
