using System.Diagnostics.CodeAnalysis;

namespace Sluice.Exporters.Lifecycle;

/// <summary>Background work of one run of an exporter: how much there is, when it is over, and a way to cancel it.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A cancellation source without a timer holds nothing to release.")]
internal sealed class TaskTracker
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = new();

    // Under _gate.
    private int _running;
    private TaskCompletionSource? _idle;

    public int Running => Volatile.Read(ref _running);

    /// <summary>Starts work on the thread pool.</summary>
    public void Run(Func<CancellationToken, ValueTask> work, Action<Exception> failed)
    {
        lock (_gate)
        {
            _running++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static tracked => tracked.Start(), new Tracked(this, work, failed), preferLocal: false);
    }

    /// <summary>Completes at the next moment when nothing runs.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_running == 0)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    public async Task CancelAsync()
    {
        await _cancel.CancelAsync().ConfigureAwait(false);
        await WhenIdleAsync().ConfigureAwait(false);
    }

    private void Ended()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_running == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.SetResult();
    }

    private sealed record Tracked(TaskTracker Tracker, Func<CancellationToken, ValueTask> Work, Action<Exception> Failed)
    {
        // Never faults, and its end is told to the tracker: nothing is left to observe.
        public void Start() => _ = RunAsync();

        private async Task RunAsync()
        {
            try
            {
                await Work(Tracker._cancel.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (Tracker._cancel.IsCancellationRequested)
            {
                // Cancelled by the exporter's owner, as asked.
            }
            catch (Exception fault)
            {
                Failed(fault);
            }
            finally
            {
                Tracker.Ended();
            }
        }
    }
}
