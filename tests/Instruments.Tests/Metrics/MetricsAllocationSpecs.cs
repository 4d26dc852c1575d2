using Sluice.Instruments.Events;
using Sluice.Instruments.Metrics;
using Sluice.Instruments.Prometheus;

namespace Sluice.Instruments.Tests.Metrics;

[Collection(Alone.Name)]
public sealed class MetricsAllocationSpecs
{
    [Fact]
    public void Measuring_allocates_nothing_per_message()
    {
        using var metrics = new MetricsInstrument();
        using var prometheus = new PrometheusMetrics();
        using var scope = metrics.Enter();
        var watchers = Instruments.Active!;
        object message = "tick";

        Allocations.Of(() =>
        {
            watchers.OnQueuePut(new QueueEvent(EveryHook.Actor, ItemView.Of(in message), immediate: true));
            watchers.OnQueueGet(new QueueEvent(EveryHook.Actor, ItemView.Of(in message), immediate: true, TimeSpan.FromSeconds(1)));
            watchers.OnTaskBeforeSend(new TaskTurn(EveryHook.Actor, message));
            watchers.OnTaskAfterSend(new TaskTurnEnded(EveryHook.Actor, message, TaskNext.Waits, TimeSpan.FromSeconds(1)));
            watchers.OnMailboxRun(new MailboxRun(EveryHook.Actor, 2, 1, 1));
            watchers.OnMessageSample(new MessageSample(EveryHook.Actor, message, TaskNext.Waits, TimeSpan.Zero, TimeSpan.FromSeconds(1), 1));
        }).ShouldBe(0);
    }
}
