using Sluice.Kernel.Pattern;
using Sluice.Kernel.Tests.TestKit;

namespace Sluice.Kernel.Tests.Pattern;

public sealed class CircuitBreakerSpecs : KitSpecs
{
    private readonly CircuitBreaker _breaker;
    private readonly List<string> _events = [];

    public CircuitBreakerSpecs()
        : base(VirtualTime) =>
        _breaker = CircuitBreaker.Create(Sys.Scheduler, maxFailures: 2, callTimeout: Second, resetTimeout: Second * 10)
            .OnOpen(() => _events.Add("open")).OnHalfOpen(() => _events.Add("half open")).OnClose(() => _events.Add("closed"));

    [Fact]
    public async Task Calls_go_through_while_it_is_closed()
    {
        (await _breaker.WithCircuitBreaker(() => Task.FromResult(1))).ShouldBe(1);
        _breaker.WithSyncCircuitBreaker(() => 2).ShouldBe(2);

        _breaker.IsClosed.ShouldBeTrue();
        _events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failures_in_a_row_open_it_and_calls_are_refused()
    {
        await Fail();
        await Fail();

        _breaker.IsOpen.ShouldBeTrue();
        _events.ShouldBe(["open"]);
        var wasCalled = false;
        var refusal = Should.Throw<OpenCircuitException>(() => _breaker.WithSyncCircuitBreaker(() => { wasCalled = true; }));
        refusal.RemainingDuration.ShouldBe(Second * 10);
        wasCalled.ShouldBeFalse();
    }

    [Fact]
    public async Task A_success_between_failures_keeps_it_closed()
    {
        await Fail();
        _breaker.WithSyncCircuitBreaker(() => { });
        await Fail();

        _breaker.IsClosed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_a_failure()
    {
        var endless = new TaskCompletionSource();
        _breaker.Fail();
        var call = _breaker.WithCircuitBreaker(() => endless.Task);

        Scheduler.Advance(Second);

        await Should.ThrowAsync<TimeoutException>(() => call);
        _breaker.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task After_the_reset_timeout_one_call_is_tried_and_closes_it()
    {
        await Open();
        var tried = new TaskCompletionSource();

        Scheduler.Advance(Second * 10);
        _breaker.IsHalfOpen.ShouldBeTrue();
        var call = _breaker.WithCircuitBreaker(() => tried.Task);
        Should.Throw<OpenCircuitException>(() => _breaker.WithSyncCircuitBreaker(() => { }));
        tried.SetResult();
        await call;

        _breaker.IsClosed.ShouldBeTrue();
        _events.ShouldBe(["open", "half open", "closed"]);
    }

    [Fact]
    public async Task A_tried_call_that_fails_opens_it_again()
    {
        await Open();
        Scheduler.Advance(Second * 10);

        await Fail();

        _breaker.IsOpen.ShouldBeTrue();
        Scheduler.Advance(Second * 10);
        _breaker.IsHalfOpen.ShouldBeTrue();
    }

    [Fact]
    public async Task With_backoff_it_stays_open_longer_every_time_up_to_a_limit()
    {
        _breaker.WithExponentialBackoff(Second * 30);
        await Open();

        foreach (var wait in new[] { 10, 20, 30, 30 })
        {
            Scheduler.Advance(Second * (wait - 1));
            _breaker.IsOpen.ShouldBeTrue();
            Scheduler.Advance(Second);
            _breaker.IsHalfOpen.ShouldBeTrue();
            await Fail();
        }
    }

    [Fact]
    public async Task The_late_end_of_an_older_call_changes_nothing()
    {
        var old = new TaskCompletionSource();
        var call = _breaker.WithCircuitBreaker(() => old.Task);
        await Open();

        old.SetResult();
        await call;

        _breaker.IsOpen.ShouldBeTrue();
    }

    private async Task Open()
    {
        await Fail();
        await Fail();
    }

    private Task<InvalidOperationException> Fail() => Should.ThrowAsync<InvalidOperationException>(
        () => _breaker.WithCircuitBreaker(() => Task.FromException(new InvalidOperationException())));
}
