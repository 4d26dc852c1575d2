using Sluice.Actors.Pools.Retries;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Retries;

public sealed class CircuitSpecs
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(10);
    private readonly TestClock _clock = new();
    private readonly Circuit _circuit;

    public CircuitSpecs() => _circuit = new Circuit(new CircuitSettings { Failures = 3, OpenFor = OpenFor }, _clock);

    [Fact]
    public void It_stays_closed_below_its_limit_of_failures_in_a_row()
    {
        Fail(2);
        _circuit.Succeeded();
        Fail(2);

        _circuit.Wait().ShouldBe(TimeSpan.Zero);
        _circuit.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void At_its_limit_it_opens_and_lets_nothing_through_for_its_time()
    {
        Fail(3);

        _circuit.IsOpen.ShouldBeTrue();
        _circuit.Wait().ShouldBe(OpenFor);
        _clock.Advance(TimeSpan.FromSeconds(4));
        _circuit.Wait().ShouldBe(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void Half_open_it_lets_one_probe_through_at_a_time()
    {
        Fail(3);
        _clock.Advance(OpenFor);
        _circuit.IsHalfOpen.ShouldBeTrue();

        _circuit.Started();

        _circuit.Wait().ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void A_failed_probe_opens_it_again_for_the_same_time()
    {
        Fail(3);
        _clock.Advance(OpenFor);

        Fail(1);

        _circuit.Wait().ShouldBe(OpenFor);
    }

    [Fact]
    public void A_probe_that_succeeds_closes_it()
    {
        Fail(3);
        _clock.Advance(OpenFor);
        _circuit.Started();

        _circuit.Succeeded();

        _circuit.IsOpen.ShouldBeFalse();
        Fail(2);
        _circuit.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Somebody_who_asks_gets_a_probe_at_once()
    {
        Fail(3);

        _circuit.Reconsider();

        _circuit.IsHalfOpen.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_limit_it_never_opens()
    {
        var circuit = new Circuit(new CircuitSettings { Failures = 0, OpenFor = OpenFor }, _clock);

        for (var failure = 0; failure < 1000; failure++)
        {
            circuit.Failed();
        }

        circuit.Wait().ShouldBe(TimeSpan.Zero);
    }

    private void Fail(int times)
    {
        for (var failure = 0; failure < times; failure++)
        {
            _circuit.Started();
            _circuit.Failed();
        }
    }
}
