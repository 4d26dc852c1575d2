namespace Sluice.Instruments.Sampling;

/// <summary>
/// Looks at the nodes of a running tube without slowing it: all the time while there is little to see; while there is much, at a thousand
/// calls four times a second, and besides, how many there are is counted for a hundredth of a second. Failures count all the time.
/// </summary>
public sealed class SamplingWatch : IAsyncDisposable
{
    // Each call costs some half microsecond to watch: so many, four times a second, are half a percent of one processor.
    private const int CallsPerLook = 1_000;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RatesOver = TimeSpan.FromSeconds(1);

    // How many there are is counted in a twenty-fifth of the time, which slows calls by some hundredths.
    private static readonly TimeSpan Count = TimeSpan.FromMilliseconds(10);

    private readonly Action<InstrumentScope> _join;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly NodeErrors _errors = new();
    private readonly InstrumentScope _watchingErrors;
    private readonly RecentRates _rates = new(most: (int)(RatesOver / Frame));
    private readonly Task _looking;
    private IReadOnlyList<NodeSample> _latest = [];

    /// <summary>Begins to look.</summary>
    /// <param name="join">Has a scope's instrument watch the running tube; it leaves with the end of the scope.</param>
    /// <param name="time">The clock of looks and rests; the system's if left out.</param>
    public SamplingWatch(Action<InstrumentScope> join, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(join);
        (_join, _time) = (join, time ?? TimeProvider.System);
        _watchingErrors = InstrumentScope.Detached(_errors);
        _join(_watchingErrors);
        _looking = LookAsync(_stop.Token);
    }

    /// <summary>What the last look saw.</summary>
    public IReadOnlyList<NodeSample> Latest => Volatile.Read(ref _latest);

    /// <summary>Stops looking.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        _watchingErrors.Dispose();
        _stop.Dispose();
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var sampler = new NodeSampler(CallsPerLook, _time);
            using (var scope = InstrumentScope.Detached(sampler))
            {
                sampler.Full = scope.Dispose;
                _join(scope);
                await StayAsync(sampler, cancellationToken).ConfigureAwait(false);
            }

            await CountAsync(cancellationToken).ConfigureAwait(false);
            Show(_rates.Correct(sampler.Over(sampler.Looked, isComplete: false)));
        }
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        var rates = new CallRates();
        using var scope = InstrumentScope.Detached(rates);
        var began = _time.GetTimestamp();
        var counted = Task.Delay(Count, _time, cancellationToken);
        _join(scope);
        await counted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _rates.Add(rates.Counts(), _time.GetElapsedTime(began));
    }

    /// <summary>Looks on, frame by frame, for as long as what comes in one is not too much.</summary>
    private async Task StayAsync(NodeSampler sampler, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        while (true)
        {
            await Task.Delay(Frame, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (sampler.IsFull || cancellationToken.IsCancellationRequested)
            {
                return;
            }

            _rates.Clear();
            Show(sampler.Over(_time.GetElapsedTime(began), isComplete: true));
            sampler.Allow(CallsPerLook);
            if (_time.GetElapsedTime(began) >= RatesOver)
            {
                began = _time.GetTimestamp();
                sampler.BeginAgain();
            }
        }
    }

    private void Show(IReadOnlyList<NodeSample> seen)
    {
        var shown = _errors.AddTo(seen);
        if (shown.Count > 0)
        {
            Volatile.Write(ref _latest, shown);
        }
    }
}
