using System.Threading.Channels;
using Sluice.Actors.Pools;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Watching;

/// <summary>A sink that is owed something and gets nothing does not stay unnoticed (row 4 of the list of complaints).</summary>
public sealed class StallSpecs : PoolSpecs
{
    private readonly Channel<object> _published = Channel.CreateUnbounded<object>();

    [Fact]
    public async Task A_stall_is_published_once_with_its_reason_and_so_is_its_end()
    {
        Listen();
        var clock = new TestClock();
        Receiver.Misbehave = Misbehaviour.Status(503);
        var settings = Settings.Pool() with { WaitForResult = false, StalledAfter = TimeSpan.FromMilliseconds(100) };
        var pool = await Rig.StartAsync(settings, new PoolParts { Time = clock }, Rig.Http(Receiver.Url), Rig.File());
        await pool.SendManyAsync(Values(5)).Within();
        await Deadline.Until(async () => (await pool.GetStatusAsync()).Exporters is [{ UnsentItems: 5, LastError: not null }, { UnsentItems: 0, Sent: 5 }]);

        clock.Advance(settings.StalledAfter);
        var stalled = (await _published.Reader.ReadAsync().AsTask().Within()).ShouldBeOfType<ExporterStalled>();
        Receiver.Misbehave = null;
        var next = _published.Reader.ReadAsync().AsTask();
        await Deadline.Until(() =>
        {
            clock.Advance(Rig.Quick.Retry.MaxInterval);
            return next.IsCompleted;
        });
        var moves = (await next).ShouldBeOfType<ExporterMovesAgain>();

        (stalled.Pool, stalled.Exporter, stalled.UnsentItems).ShouldBe(("test", "http", 5));
        stalled.For.ShouldBe(settings.StalledAfter);
        stalled.LastError.ShouldNotBeNull().ShouldContain("503");
        (moves.Pool, moves.Exporter).ShouldBe(("test", "http"));
    }

    [Fact]
    public async Task A_sink_that_hangs_is_measured_as_stalled_beside_one_that_is_not()
    {
        Receiver.Misbehave = Misbehaviour.Never();
        var name = $"stalls-{Guid.NewGuid():N}";
        var settings = Settings.Pool(name) with { WaitForResult = false };
        var pool = await Rig.StartAsync(settings, null, Rig.Http(Receiver.Url), Rig.File());
        await pool.SendManyAsync(Values(5)).Within();

        await Deadline.Until(async () => (await pool.GetStatusAsync()).Exporters is [{ NoProgressFor.Ticks: > 0 }, { NoProgressFor: null, UnsentItems: 0, Sent: 5 }]);

        PoolGauge.Read("sluice.pool.stalled", name).OrderBy(stall => stall.Sink).Select(stall => (stall.Sink, stall.Value > 0)).ShouldBe([("file", false), ("http", true)]);
    }

    private void Listen()
    {
        var writer = _published.Writer;
        var listener = Rig.System.ActorOf(Props.Create(() => new Listener(writer)));
        Rig.System.EventStream.Subscribe(listener, typeof(ExporterStalled));
        Rig.System.EventStream.Subscribe(listener, typeof(ExporterMovesAgain));
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(ChannelWriter<object> published) => ReceiveAny(message => published.TryWrite(message));
    }
}
