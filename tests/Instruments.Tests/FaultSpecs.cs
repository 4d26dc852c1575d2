using Microsoft.Extensions.Logging;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests;

public sealed class FaultSpecs : IDisposable
{
    private readonly CollectedLog _log = new();

    public FaultSpecs() => Instruments.Logger = _log;

    public void Dispose() => Instruments.Logger = null;

    [Fact]
    public void Instruments_2_3_A_throwing_instrument_is_disabled_after_its_first_fault_and_logged_once()
    {
        var thrower = new Thrower();
        using var scope = thrower.Enter();
        var watchers = Instruments.Active;

        Puts.Fire(watchers, 1);
        Puts.Fire(watchers, 2);

        thrower.Calls.ShouldBe(1);
        thrower.Fault.ShouldBeOfType<InvalidOperationException>();
        Instruments.Active.ShouldBeNull();
        var line = _log.Lines.ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Warning);
        line.Text.ShouldBe("Thrower threw and is disabled from now on; what it watched goes on.");
        line.Fault.ShouldBeSameAs(thrower.Fault);
    }

    [Fact]
    public void Instruments_2_3_A_throwing_instrument_harms_no_other_instrument()
    {
        var before = new Puts();
        var after = new Puts();
        using var outer = after.Enter();
        using var middle = new Thrower().Enter();
        using var inner = before.Enter();

        Puts.Fire(Instruments.Active, 1);

        before.Items.ShouldBe([1]);
        after.Items.ShouldBe([1]);
    }

    [Fact]
    public void Instruments_2_3_A_disabled_instrument_stays_disabled_in_every_scope()
    {
        var thrower = new Thrower();
        using var first = thrower.Enter();
        var watchers = Instruments.Active;
        using var second = thrower.Enter();
        Puts.Fire(Instruments.Active, 1);

        Puts.Fire(watchers, 2);
        using var third = thrower.Enter();

        thrower.Calls.ShouldBe(1);
        Instruments.Active.ShouldBeNull();
    }

    [Fact]
    public void Instruments_2_3_A_logger_that_throws_harms_nobody()
    {
        Instruments.Logger = new CollectedLog { Broken = true };
        using var scope = new Thrower().Enter();

        Should.NotThrow(() => Puts.Fire(Instruments.Active, 1));
    }

    [Fact]
    public void What_an_instrument_does_itself_is_not_watched()
    {
        var recursive = new Recursive();
        using var scope = recursive.Enter();

        Puts.Fire(Instruments.Active, 1);

        recursive.Calls.ShouldBe(1);
    }

    private sealed class Recursive : EventLoopInstrument
    {
        public int Calls { get; private set; }

        public override void OnQueuePut(in QueueEvent put)
        {
            Calls++;
            Puts.Fire(Instruments.Active, "again");
        }
    }
}
