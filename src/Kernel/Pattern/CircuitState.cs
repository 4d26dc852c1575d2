using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Pattern;

/// <summary>
/// The state of a circuit breaker. Every change of state begins a new era; the end of a call that was begun in an older one changes
/// nothing.
/// </summary>
internal sealed class CircuitState(IScheduler scheduler, int maxFailures, TimeSpan resetTimeout)
{
    public const int Closed = 0;
    public const int Open = 1;
    public const int HalfOpen = 2;

    private readonly Lock _gate = new();

    // Under the gate.
    private readonly List<(int State, Action Callback)> _callbacks = [];
    private int _current = Closed;
    private int _era;
    private int _failures;
    private bool _isTrying;
    private TimeSpan _reset = resetTimeout;
    private TimeSpan _openUntil;

    public int MaxFailures => maxFailures;

    public TimeSpan ResetTimeout { get; } = resetTimeout;

    /// <summary>How long the reset timeout may get; <c>null</c> for no backoff.</summary>
    public TimeSpan? MaxResetTimeout { get; set; }

    public int Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    public void On(int state, Action callback)
    {
        lock (_gate)
        {
            _callbacks.Add((state, callback));
        }
    }

    /// <summary>A call is about to be made; gives its era.</summary>
    public int Enter()
    {
        lock (_gate)
        {
            if (_current == Open || (_current == HalfOpen && _isTrying))
            {
                var left = _openUntil - scheduler.MonotonicClock;
                throw new OpenCircuitException(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
            _isTrying = _current == HalfOpen;
            return _era;
        }
    }

    public void Succeeded(int? era)
    {
        Action[] callbacks = [];
        lock (_gate)
        {
            if (era is not null && era != _era)
            {
                return;
            }
            _failures = 0;
            if (_current == HalfOpen)
            {
                _reset = ResetTimeout;
                callbacks = Change_NeedsGate(Closed);
            }
        }
        Call(callbacks);
    }

    public void Failed(int? era)
    {
        Action[] callbacks = [];
        lock (_gate)
        {
            if ((era is not null && era != _era) || _current == Open)
            {
                return;
            }
            if (_current == HalfOpen && MaxResetTimeout is { } limit)
            {
                _reset = _reset * 2 < limit ? _reset * 2 : limit;
            }
            if (_current == HalfOpen || ++_failures >= maxFailures)
            {
                callbacks = Change_NeedsGate(Open);
                var opened = _era;
                _openUntil = scheduler.MonotonicClock + _reset;
                scheduler.Advanced.ScheduleOnce(_reset, () => TryAgain(opened));
            }
        }
        Call(callbacks);
    }

    private void TryAgain(int era)
    {
        Action[] callbacks;
        lock (_gate)
        {
            if (era != _era)
            {
                return;
            }
            callbacks = Change_NeedsGate(HalfOpen);
        }
        Call(callbacks);
    }

    private Action[] Change_NeedsGate(int state)
    {
        _current = state;
        _era++;
        _failures = 0;
        _isTrying = false;
        return [.. _callbacks.Where(one => one.State == state).Select(one => one.Callback)];
    }

    private static void Call(Action[] callbacks)
    {
        foreach (var callback in callbacks)
        {
            callback();
        }
    }
}
