using System.Diagnostics;
using Sluice.Instruments.Events;
using Sluice.Instruments.Queues;
using Sluice.Instruments.Tracing;

namespace Sluice.Instruments.Tests.Tracing;

/// <summary>Actors are played by hand here: what fires is what their mailboxes fire.</summary>
[Collection(nameof(TraceSpecs))]
public sealed class TraceSpecs : IDisposable
{
    private readonly TraceInstrument _trace = new();
    private readonly Spans _spans = new();
    private readonly CompositeInstrument _watchers;

    public TraceSpecs()
    {
        Activity.Current = null;
        _watchers = CompositeInstrument.With(null, InstrumentScope.Detached(_trace));
    }

    public void Dispose()
    {
        _spans.Dispose();
        _trace.Dispose();
    }

    [Fact]
    public void Instruments_3_Trace_makes_one_span_per_handled_message()
    {
        var reader = new Named("/user/reader", "Reader");

        Tell(reader, "a line");
        Handle(reader, "a line");

        var first = _spans["Reader String"];
        first.Kind.ShouldBe(ActivityKind.Consumer);
        first.Parent.ShouldBeNull();
        first.GetTagItem("sluice.source.name").ShouldBe("/user/reader");
        first.GetTagItem("sluice.message.next").ShouldBe("waits");
        Activity.Current.ShouldBeNull();
    }

    [Fact]
    public void Instruments_3_A_messages_span_is_a_child_of_the_span_that_sent_it_and_linked_to_it()
    {
        var (reader, writer) = (new Named("/user/reader", "Reader"), new Named("/user/writer", "Writer"));
        object row = new Uri("sluice:row");

        Tell(reader, "a line");
        Handle(reader, "a line", () => Tell(writer, row));
        Handle(writer, row);

        var (sender, receiver) = (_spans["Reader String"], _spans["Writer Uri"]);
        receiver.TraceId.ShouldBe(sender.TraceId);
        receiver.ParentSpanId.ShouldBe(sender.SpanId);
        receiver.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(sender.SpanId);
    }

    [Fact]
    public void A_message_to_itself_starts_a_new_trace_that_is_only_linked()
    {
        var timer = new Named("/user/timer", "Timer");
        object next = new Uri("sluice:tick");

        Tell(timer, "start");
        Handle(timer, "start", () => Tell(timer, next));
        Handle(timer, next);

        var (first, second) = (_spans["Timer String"], _spans["Timer Uri"]);
        second.TraceId.ShouldNotBe(first.TraceId);
        second.Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(first.SpanId);
    }

    [Fact]
    public void A_message_that_is_in_a_mailbox_twice_is_linked_to_each_sender_in_turn()
    {
        var (a, b, sink) = (new Named("a", "A"), new Named("b", "B"), new Named("sink", "Sink"));
        object tick = new Version(1, 0);
        Handle(a, "go", () => Tell(sink, tick));
        Handle(b, "go", () => Tell(sink, tick));
        List<ActivitySpanId> parents = [];

        Handle(sink, tick, () => parents.Add(Activity.Current!.ParentSpanId));
        Handle(sink, tick, () => parents.Add(Activity.Current!.ParentSpanId));

        parents.ShouldBe([_spans["A String"].SpanId, _spans["B String"].SpanId]);
    }

    [Fact]
    public void A_failed_message_has_the_fault_in_its_span()
    {
        var reader = new Named("/user/reader", "Reader");
        var fault = new InvalidDataException("bad row");
        _watchers.OnTaskBeforeSend(new TaskTurn(reader, "a line"));
        _watchers.OnTaskBeforeThrow(new TaskFault(reader, fault, "a line", TaskNext.Undecided));
        _watchers.OnTaskAfterSend(new TaskTurnEnded(reader, "a line", TaskNext.Failed, TimeSpan.Zero));

        var span = _spans["Reader String"];
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.Events.ShouldHaveSingleItem().Name.ShouldBe("exception");
    }

    [Fact]
    public void A_runs_epochs_and_their_nodes_are_inside_each_other()
    {
        EveryHook.Fire(_watchers);

        var (run, epoch, node) = (_spans["run etl"], _spans["epoch etl"], _spans["node double"]);
        epoch.ParentSpanId.ShouldBe(run.SpanId);
        node.ParentSpanId.ShouldBe(epoch.SpanId);
        node.GetTagItem("sluice.tube.epoch").ShouldBe("3");
        node.Status.ShouldBe(ActivityStatusCode.Error);
        node.StatusDescription.ShouldBe("bad row");
    }

    [Fact]
    public async Task Taking_from_a_queue_links_the_span_that_takes_to_the_one_that_put()
    {
        using var source = new ActivitySource(Telemetry.Name);
        var queue = new AsyncQueue<object> { Watchers = _watchers };
        ActivitySpanId put;
        using (var producer = source.StartActivity("produce"))
        {
            put = producer!.SpanId;
            await queue.PutAsync("item");
        }

        using (source.StartActivity("consume"))
        {
            await queue.GetAsync();
        }

        _spans["consume"].Links.ShouldHaveSingleItem().Context.SpanId.ShouldBe(put);
    }

    [Fact]
    public void What_is_never_taken_is_bounded_and_counted()
    {
        var pending = new PendingContexts(limit: 2);
        var queue = new Named("queue");

        foreach (var item in (string[])["a", "b", "c"])
        {
            pending.Put(queue, item, default);
        }

        pending.Dropped.ShouldBe(1);
        pending.TryTake(queue, "a", out _).ShouldBeTrue();
        pending.TryTake(queue, "a", out _).ShouldBeFalse();
    }

    private void Tell(Named actor, object message) =>
        _watchers.OnQueuePut(new QueueEvent(actor, ItemView.Of(in message), immediate: true));

    private void Handle(Named actor, object message, Action? handler = null)
    {
        _watchers.OnQueueGet(new QueueEvent(actor, ItemView.Of(in message), immediate: true));
        _watchers.OnTaskBeforeSend(new TaskTurn(actor, message));
        handler?.Invoke();
        _watchers.OnTaskAfterSend(new TaskTurnEnded(actor, message, TaskNext.Waits, TimeSpan.Zero));
    }
}
