using Microsoft.Extensions.Logging;
using Sluice.Instruments.Events;
using Sluice.Instruments.Printing;
using Sluice.Instruments.Queues;

namespace Sluice.Instruments.Tests.Printing;

public sealed class PrintSpecs
{
    [Fact]
    public void Instruments_3_Print_tells_every_event_in_one_line()
    {
        var output = new StringWriter { NewLine = "\n" };
        using var scope = new PrintInstrument(output).Enter();

        EveryHook.Fire(Instruments.Active!);

        output.ToString().ShouldBe(
            """
            [QUEUE-PUT] Item put in orders: 42
            [QUEUE-GET] Item got from orders: 42 (waited for it)
            [CONNECT-START] Connecting to db:5432
            [CONNECT] Connected to 127.0.0.1:5432 in 0.0012s via 127.0.0.1:40000
            [ACCEPT-START] Waiting for a connection on 127.0.0.1:80 by /user/worker
            [ACCEPT] Accepted 127.0.0.1:5432 on 127.0.0.1:80 after 1.0000s
            [SEND-START] Waiting to send on 127.0.0.1:40000 to 127.0.0.1:5432
            [SEND-READY] Sent on 127.0.0.1:40000 to 127.0.0.1:5432 after 1.0000s
            [SEND-DATA] Sent 5/8 bytes: 'hello\r\n\x00'
            [RECV-START] Waiting to receive on 127.0.0.1:40000 to 127.0.0.1:5432
            [RECV-READY] Ready to receive on 127.0.0.1:40000 to 127.0.0.1:5432 after 1.0000s
            [RECV-DATA] Received 5 bytes: 'world'
            [TLS] Handshake complete in 0.0101s: Tls13, TLS_AES_256_GCM_SHA384
            [CLOSE] Closed 127.0.0.1:40000 to 127.0.0.1:5432: IOException: reset
            [TASK-SEND] /user/worker is given tick
            [TASK-SENT] /user/worker took 0.5000s for tick: Waits
            [TASK-THROW] /user/worker is given InvalidOperationException: bad row
            [TASK-THROWN] /user/worker was given InvalidOperationException: bad row: Restarted
            [TASK-COMPLETED] /user/worker is done: 7
            [TASK-ERROR] /user/worker failed: InvalidOperationException: bad row
            [TASK-CANCELLED] /user/worker was cancelled
            [RUN-START] etl runs
            [NODE-REGISTERED] double in etl
            [EPOCH-START] etl: epoch 3
            [NODE-READY] double in epoch 3
            [NODE-START] double in epoch 3
            [NODE-EMITTED] double.value in epoch 3: 42
            [NODE-NO-EVENT] double.rest in epoch 3
            [NODE-ERROR] double in epoch 3 failed: InvalidOperationException: bad row
            [NODE-FINISH] double in epoch 3 took 0.2500s
            [NODE-ENABLED] double in etl
            [NODE-DISABLED] double in etl
            [NODE-STALLED] double in epoch 3 waits for left
            [ASSET-MADE] pool (runner) of etl
            [ASSET-RELEASED] pool (runner) of etl
            [EPOCH-END] etl: epoch 3 took 1.0000s
            [RUN-END] etl ran for 9.0000s

            """);
    }

    [Fact]
    public async Task Instruments_3_Print_tells_what_a_queue_does()
    {
        var output = new StringWriter { NewLine = "\n" };
        using var scope = new PrintInstrument(output).Enter();

        await new AsyncQueue<int>().PutAsync(42);

        output.ToString().ShouldBe("[QUEUE-PUT] Item put in queue: 42\n");
    }

    [Fact]
    public void Instruments_3_Previews_are_bounded_and_printable()
    {
        Preview.Of(new string('x', 100)).ShouldBe(new string('x', 80) + "…");
        Preview.Of("two\nlines\u001b[31m\u202e\0 and ü").ShouldBe("two\\nlines\\u001b[31m\\u202e\\u0000 and ü");
        Preview.Of(new byte[100]).ShouldBe("'" + string.Concat(Enumerable.Repeat("\\x00", 80)) + "…'");
        Preview.Of((object)new byte[100]).ShouldBe(Preview.Of(new byte[100]), "an item of bytes is cut between bytes too");
        Preview.Of((object?)null).ShouldBe("null");
        Preview.Of((object)new byte[] { 104, 105, 0xff }).ShouldBe("'hi\\xff'");
    }

    [Fact]
    public void An_item_that_cannot_be_shown_does_not_cost_the_instrument()
    {
        Preview.Of(new Unprintable()).ShouldBe("Unprintable whose ToString threw NotSupportedException");
    }

    [Fact]
    public void Instruments_3_Log_tells_the_same_at_debug_level()
    {
        var printed = new StringWriter { NewLine = "\n" };
        var log = new CollectedLog();
        using var print = new PrintInstrument(printed).Enter();
        using var scope = new LogInstrument(log).Enter();

        EveryHook.Fire(Instruments.Active!);

        log.Lines.ShouldAllBe(line => line.Level == LogLevel.Debug);
        string.Concat(log.Lines.Select(line => line.Text + "\n")).ShouldBe(printed.ToString());
    }

    [Fact]
    public void Log_builds_no_line_while_debug_level_is_off()
    {
        var queue = new Named("orders");
        var log = new CollectedLog { Lowest = LogLevel.Information };
        using var scope = new LogInstrument(log).Enter();
        var watchers = Instruments.Active!;

        Allocations.Of(() =>
        {
            var item = 42;
            watchers.OnQueuePut(new QueueEvent(queue, ItemView.Of(in item), immediate: true));
        }).ShouldBe(0);

        queue.NamesBuilt.ShouldBe(0);
    }

    private sealed class Unprintable
    {
        public override string ToString() => throw new NotSupportedException();
    }
}
