using System.Collections.Concurrent;

namespace Sluice.Actors.Tubes.Fusion;

/// <summary>
/// Threads for calls that may block. The thread pool is no place for them: with few processors a handful of blocked calls takes all
/// its threads, and with them everything else. A thread that had nothing to do for a while ends.
/// </summary>
internal sealed class NodeThreads
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly ConcurrentStack<Worker> _idle = [];

    public static NodeThreads Shared { get; } = new();

    /// <summary>Has the work done on a thread that has nothing else to do.</summary>
    public void Run(IThreadWork task)
    {
        while (_idle.TryPop(out var worker))
        {
            if (worker.TryGive(task))
            {
                return;
            }
        }

        new Worker(this).Start(task);
    }

    private sealed class Worker(NodeThreads threads)
    {
        private readonly object _gate = new();
        private IThreadWork? _task;
        private bool _isGone;

        public void Start(IThreadWork first)
        {
            _task = first;
            new Thread(Work) { IsBackground = true, Name = "sluice node" }.UnsafeStart();
        }

        /// <summary>False when the thread has ended.</summary>
        public bool TryGive(IThreadWork task)
        {
            lock (_gate)
            {
                if (_isGone)
                {
                    return false;
                }

                _task = task;
                Monitor.Pulse(_gate);
                return true;
            }
        }

        private void Work()
        {
            while (Next() is { } task)
            {
                task.Work();

                threads._idle.Push(this);
            }
        }

        private IThreadWork? Next()
        {
            lock (_gate)
            {
                if (_task is null)
                {
                    Monitor.Wait(_gate, Idle);
                }

                var task = _task;
                _task = null;
                _isGone = task is null;
                return task;
            }
        }
    }
}
