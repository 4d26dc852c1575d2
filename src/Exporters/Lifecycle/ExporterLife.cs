using System.Diagnostics.CodeAnalysis;

namespace Sluice.Exporters.Lifecycle;

/// <summary>Where one exporter instance stands between start and stop. All changes are under one lock; nothing foreign is called under it.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A cancellation source without a timer holds nothing to release.")]
internal sealed class ExporterLife
{
    private readonly Lock _gate = new();

    // Under _gate.
    private volatile Phase _phase;
    private TaskCompletionSource<bool> _ready = NewSignal();
    private CancellationTokenSource _shutdown = new();
    private IDisposable? _subscription;
    private TaskTracker _tasks = new();
    private readonly List<TaskTracker> _leftBehind = [];

    private enum Phase
    {
        Idle,
        Starting,
        Running,
        Stopping,
    }

    public bool IsRunning => _phase is Phase.Running;

    public int RunningTasks => Volatile.Read(ref _tasks).Running;

    public Task<bool> Ready
    {
        get
        {
            lock (_gate)
            {
                return _ready.Task;
            }
        }
    }

    public CancellationToken ShutdownToken
    {
        get
        {
            lock (_gate)
            {
                return _shutdown.Token;
            }
        }
    }

    /// <summary>Begins a start; false when one has begun before.</summary>
    public bool TryBegin()
    {
        lock (_gate)
        {
            if (_phase is not Phase.Idle)
            {
                return false;
            }

            _phase = Phase.Starting;
            if (_ready.Task.IsCompleted)
            {
                _ready = NewSignal();
            }

            if (_shutdown.IsCancellationRequested)
            {
                _shutdown = new CancellationTokenSource();
            }

            return true;
        }
    }

    /// <summary>Runs, then subscribes: the first event must find the exporter running. A stop that came while starting wins.</summary>
    public void Run(Func<IDisposable> subscribe)
    {
        lock (_gate)
        {
            if (_phase is not Phase.Starting)
            {
                return;
            }

            _phase = Phase.Running;
        }

        var subscription = subscribe();
        lock (_gate)
        {
            if (_phase is Phase.Running)
            {
                _subscription = subscription;
                _ready.TrySetResult(true);
                return;
            }
        }

        // Stopped from another thread between the two locks: that stop saw no subscription to end.
        subscription.Dispose();
    }

    /// <summary>A start that came to nothing: whoever waits is told, and a later start may try again.</summary>
    public void GiveUp()
    {
        lock (_gate)
        {
            if (_phase is Phase.Starting or Phase.Running)
            {
                _phase = Phase.Idle;
            }

            _ready.TrySetResult(false);
        }
    }

    /// <summary>Begins a stop; false when there is nothing to stop.</summary>
    public bool TryEnd(out IDisposable? subscription)
    {
        lock (_gate)
        {
            subscription = _subscription;
            _subscription = null;
            if (_phase is Phase.Idle or Phase.Stopping)
            {
                return false;
            }

            _phase = Phase.Stopping;
            _ready.TrySetResult(false);
            return true;
        }
    }

    public Task SignalShutdownAsync()
    {
        CancellationTokenSource shutdown;
        lock (_gate)
        {
            shutdown = _shutdown;
        }

        return shutdown.CancelAsync();
    }

    /// <summary>Ends a stop: what still runs is no longer this run's, and finishes by itself.</summary>
    public void ClearTasks()
    {
        lock (_gate)
        {
            _leftBehind.RemoveAll(static tasks => tasks.Running == 0);
            if (_tasks.Running > 0)
            {
                _leftBehind.Add(_tasks);
                _tasks = new TaskTracker();
            }

            _phase = Phase.Idle;
        }
    }

    public void Track(Func<CancellationToken, ValueTask> work, Action<Exception> failed) => Volatile.Read(ref _tasks).Run(work, failed);

    public Task WhenIdleAsync() => Task.WhenAll(AllTasks().Select(tasks => tasks.WhenIdleAsync()));

    public Task CancelTasksAsync()
    {
        var all = AllTasks();
        lock (_gate)
        {
            _tasks = new TaskTracker();
        }

        return Task.WhenAll(all.Select(tasks => tasks.CancelAsync()));
    }

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private List<TaskTracker> AllTasks()
    {
        lock (_gate)
        {
            return [.. _leftBehind, _tasks];
        }
    }
}
