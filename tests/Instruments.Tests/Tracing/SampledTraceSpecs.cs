using System.Diagnostics;
using Sluice.Instruments.Events;
using Sluice.Instruments.Tracing;

namespace Sluice.Instruments.Tests.Tracing;

/// <summary>What a sampler decides about a message holds for the messages that follow from it. Other classes' listeners see every source: names of its own, and one at a time.</summary>
[Collection(nameof(TraceSpecs))]
public sealed class SampledTraceSpecs : IDisposable
{
    private readonly TraceInstrument _trace = new();
    private readonly CompositeInstrument _watchers;

    public SampledTraceSpecs()
    {
        Activity.Current = null;
        _watchers = CompositeInstrument.With(null, InstrumentScope.Detached(_trace));
    }

    public void Dispose() => _trace.Dispose();

    [Fact]
    public void Instruments_3_What_follows_from_a_message_whose_trace_is_not_sampled_is_not_sampled_either()
    {
        var parents = new List<ActivityContext>();
        using var spans = new Spans(parent =>
        {
            parents.Add(parent);
            return false;
        });
        var (reader, writer, store) = (new Named("reader", "Reader"), new Named("writer", "Writer"), new Named("store", "Store"));
        var remote = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
        using var sender = new Activity("sender").SetParentId(remote.TraceId, remote.SpanId, ActivityTraceFlags.None).Start();

        Tell(reader, "a line");
        Activity.Current = null;
        Handle(reader, "a line", () => Tell(writer, "a row"));
        Handle(writer, "a row", () => Tell(store, "stored"));
        Handle(store, "stored");

        parents.Count.ShouldBe(3);
        parents.ShouldAllBe(parent => parent.TraceId == remote.TraceId && parent.TraceFlags == ActivityTraceFlags.None);
        Activity.Current.ShouldBeNull();
    }

    [Fact]
    public void Instruments_3_For_a_message_that_nobody_samples_nothing_is_prepared()
    {
        using var spans = new Spans(_ => false);
        var reader = new Named("reader", "Reader");

        Tell(reader, "a line");
        Handle(reader, "a line");

        reader.NamesBuilt.ShouldBe(0);
        _trace.DroppedLinks.ShouldBe(0);
    }

    [Fact]
    public void Messages_that_leave_a_mailbox_unhandled_are_forgotten()
    {
        using var spans = new Spans();
        var reader = new Named("reader", "Reader");
        using var sender = new Activity("sender").Start();

        for (var i = 0; i < 70_000; i++)
        {
            var message = new object();
            Tell(reader, message);
            _watchers.OnMailboxGet(new QueueEvent(reader, ItemView.Of(in message), immediate: true));
        }

        _trace.DroppedLinks.ShouldBe(0, "actors that stop with messages in their mailboxes would end all links some day");
    }

    [Fact]
    public void A_message_that_is_taken_and_handled_keeps_its_link_with_another_tracing_beside_it()
    {
        using var spans = new Spans();
        using var other = new TraceInstrument();
        var both = CompositeInstrument.With(_watchers, InstrumentScope.Detached(other));
        var reader = new Named("reader", "Reader");
        object message = "a line";
        var sender = new Activity("sender").Start();
        both.OnQueuePut(new QueueEvent(reader, ItemView.Of(in message), immediate: true));
        sender.Stop();

        both.OnActorTakes(reader, message, TimeSpan.Zero);
        both.OnTaskAfterSend(new TaskTurnEnded(reader, message, TaskNext.Waits, TimeSpan.Zero));

        spans.All("Reader String").Select(span => span.ParentSpanId).ShouldBe([sender.SpanId, sender.SpanId]);
    }

    private void Tell(Named actor, object message) =>
        _watchers.OnQueuePut(new QueueEvent(actor, ItemView.Of(in message), immediate: true));

    private void Handle(Named actor, object message, Action? handler = null)
    {
        _watchers.OnTaskBeforeSend(new TaskTurn(actor, message));
        handler?.Invoke();
        _watchers.OnTaskAfterSend(new TaskTurnEnded(actor, message, TaskNext.Waits, TimeSpan.Zero));
    }
}
