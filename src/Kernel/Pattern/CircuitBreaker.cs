using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Pattern;

/// <summary>
/// Stops calling what keeps failing. Closed, it lets calls through and counts failures in a row; at the limit it opens and refuses calls;
/// after the reset timeout it is half open and lets one call through, which closes or opens it again. Safe for use from many threads.
/// </summary>
public sealed class CircuitBreaker
{
    private readonly IScheduler _scheduler;
    private readonly CircuitState _state;

    /// <summary>A closed breaker.</summary>
    /// <param name="scheduler">The clock.</param>
    /// <param name="maxFailures">The failures in a row that open it; at least 1.</param>
    /// <param name="callTimeout">The time after which a call counts as failed.</param>
    /// <param name="resetTimeout">The time after which a call is tried again.</param>
    public CircuitBreaker(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFailures, 1);
        _scheduler = scheduler;
        CallTimeout = callTimeout;
        _state = new CircuitState(scheduler, maxFailures, resetTimeout);
    }

    /// <summary>The failures in a row that open it.</summary>
    public int MaxFailures => _state.MaxFailures;

    /// <summary>The time after which a call counts as failed.</summary>
    public TimeSpan CallTimeout { get; }

    /// <summary>The time after which a call is tried again; with backoff, the first such time.</summary>
    public TimeSpan ResetTimeout => _state.ResetTimeout;

    /// <summary>Whether calls are made.</summary>
    public bool IsClosed => _state.Current == CircuitState.Closed;

    /// <summary>Whether calls are refused.</summary>
    public bool IsOpen => _state.Current == CircuitState.Open;

    /// <summary>Whether one call is tried.</summary>
    public bool IsHalfOpen => _state.Current == CircuitState.HalfOpen;

    /// <summary>A closed breaker.</summary>
    public static CircuitBreaker Create(IScheduler scheduler, int maxFailures, TimeSpan callTimeout, TimeSpan resetTimeout) =>
        new(scheduler, maxFailures, callTimeout, resetTimeout);

    /// <summary>Doubles the reset timeout every time that the tried call fails, up to a limit; a success brings the first one back.</summary>
    public CircuitBreaker WithExponentialBackoff(TimeSpan maxResetTimeout)
    {
        _state.MaxResetTimeout = maxResetTimeout;
        return this;
    }

    /// <summary>Calls an action whenever the breaker opens, in the thread in which it does.</summary>
    public CircuitBreaker OnOpen(Action callback) => On(CircuitState.Open, callback);

    /// <summary>Calls an action whenever the breaker gets half open, in the thread in which it does.</summary>
    public CircuitBreaker OnHalfOpen(Action callback) => On(CircuitState.HalfOpen, callback);

    /// <summary>Calls an action whenever the breaker closes, in the thread in which it does.</summary>
    public CircuitBreaker OnClose(Action callback) => On(CircuitState.Closed, callback);

    /// <summary>Makes a call.</summary>
    /// <exception cref="OpenCircuitException">The breaker is open; nothing was called.</exception>
    /// <exception cref="TimeoutException">The call did not end in time; it may still go on.</exception>
    public async Task<T> WithCircuitBreaker<T>(Func<Task<T>> body)
    {
        var era = _state.Enter();
        T result;
        try
        {
            result = await InTime(body()).ConfigureAwait(false);
        }
        catch (Exception)
        {
            _state.Failed(era);
            throw;
        }
        _state.Succeeded(era);
        return result;
    }

    /// <inheritdoc cref="WithCircuitBreaker{T}(Func{Task{T}})"/>
    public async Task WithCircuitBreaker(Func<Task> body) => await WithCircuitBreaker(async () =>
    {
        await body().ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    /// <summary>Makes a call in this thread. One that takes longer than the call timeout counts as failed; its result is given none the less.</summary>
    /// <exception cref="OpenCircuitException">The breaker is open; nothing was called.</exception>
    public T WithSyncCircuitBreaker<T>(Func<T> body)
    {
        var era = _state.Enter();
        var start = _scheduler.MonotonicClock;
        T result;
        try
        {
            result = body();
        }
        catch (Exception)
        {
            _state.Failed(era);
            throw;
        }
        if (_scheduler.MonotonicClock - start > CallTimeout)
        {
            _state.Failed(era);
        }
        else
        {
            _state.Succeeded(era);
        }
        return result;
    }

    /// <inheritdoc cref="WithSyncCircuitBreaker{T}(Func{T})"/>
    public void WithSyncCircuitBreaker(Action body) => WithSyncCircuitBreaker(() =>
    {
        body();
        return true;
    });

    /// <summary>Counts a call that was made without the breaker and went well.</summary>
    public void Succeed() => _state.Succeeded(era: null);

    /// <summary>Counts a call that was made without the breaker and failed.</summary>
    public void Fail() => _state.Failed(era: null);

    private CircuitBreaker On(int state, Action callback)
    {
        _state.On(state, callback);
        return this;
    }

    private async Task<T> InTime<T>(Task<T> call)
    {
        var timeout = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var scheduled = _scheduler.Advanced.ScheduleOnceCancelable(CallTimeout, () => timeout.TrySetResult());
        if (await Task.WhenAny(call, timeout.Task).ConfigureAwait(false) == call)
        {
            scheduled.Cancel();
            return await call.ConfigureAwait(false);
        }
        Routing.Answers.ObserveRest([call]);
        throw new TimeoutException($"The call did not end within the circuit breaker's call timeout of {CallTimeout}; it may still go on.");
    }
}
