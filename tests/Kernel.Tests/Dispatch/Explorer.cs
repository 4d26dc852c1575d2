using Sluice.Kernel.Dispatch;

namespace Sluice.Kernel.Tests.Dispatch;

/// <summary>
/// Runs a program of several threads in every order of their atomic steps that takes no more than a number of preemptions. Only one
/// thread runs at a time; each stops before every step that the others can see.
/// </summary>
internal sealed class Explorer(int preemptions)
{
    private const int MostSteps = 10_000;
    private readonly List<Choice> _path = [];
    private readonly List<Fiber> _fibers = [];
    private readonly SemaphoreSlim _controller = new(0);

    public int Schedules { get; private set; }

    /// <summary>Explores; the program starts its threads and gives the check for the end.</summary>
    public void Explore(Func<Explorer, Action> program)
    {
        do
        {
            _fibers.Clear();
            var check = program(this);
            Run();
            check();
            Schedules++;
        }
        while (Advance());
    }

    /// <summary>Adds a thread, also from inside another one.</summary>
    public void Start(Action body) => _fibers.Add(new Fiber(body, _controller));

    private void Run()
    {
        Fiber? current = null;
        var left = preemptions;
        for (var step = 0; ; step++)
        {
            var runnable = _fibers.FindAll(fiber => !fiber.IsDone);
            if (runnable.Count == 0)
            {
                break;
            }
            if (step > MostSteps)
            {
                throw new InvalidOperationException("The program does not end: " + Describe());
            }
            var next = runnable[Choose(step, Order(runnable, current, left))];
            left -= current is { IsDone: false, IsSpinning: false } && next != current ? 1 : 0;
            current = next;
            next.Continue();
        }
        if (_fibers.Find(fiber => fiber.Fault is not null)?.Fault is { } fault)
        {
            throw new InvalidOperationException("A thread failed: " + Describe(), fault);
        }
    }

    // The current thread first, so that choice 0 is no preemption; a thread that spins gives way if anybody else can run.
    private static int Order(List<Fiber> runnable, Fiber? current, int left)
    {
        if (current is null || current.IsDone)
        {
            return runnable.Count;
        }
        runnable.Remove(current);
        runnable.Insert(current.IsSpinning ? runnable.Count : 0, current);
        return current.IsSpinning ? Math.Max(1, runnable.Count - 1) : left > 0 ? runnable.Count : 1;
    }

    private int Choose(int step, int alternatives)
    {
        if (step == _path.Count)
        {
            _path.Add(new Choice(0, alternatives));
        }
        return _path[step].Chosen;
    }

    private bool Advance()
    {
        while (_path.Count > 0)
        {
            var last = _path[^1];
            _path.RemoveAt(_path.Count - 1);
            if (last.Chosen + 1 < last.Alternatives)
            {
                _path.Add(last with { Chosen = last.Chosen + 1 });
                return true;
            }
        }
        return false;
    }

    private string Describe() => $"schedule {Schedules}: {string.Join(' ', _path.Select(choice => choice.Chosen))}";

    private sealed record Choice(int Chosen, int Alternatives);

    internal sealed class Fiber(Action body, SemaphoreSlim controller)
    {
        [ThreadStatic]
        private static Fiber? _current;

        private readonly SemaphoreSlim _go = new(0);
        private Thread? _thread;

        public bool IsDone { get; private set; }

        public bool IsSpinning { get; private set; }

        public Exception? Fault { get; private set; }

        public static void Before(Step step) => _current?.Stop(step);

        public void Continue()
        {
            if (_thread is null)
            {
                _thread = new Thread(Main, maxStackSize: 256 * 1024) { IsBackground = true };
                _thread.Start();
            }
            else
            {
                _go.Release();
            }
            controller.Wait();
        }

        private void Stop(Step step)
        {
            IsSpinning = step == Step.Spin;
            controller.Release();
            _go.Wait();
        }

        private void Main()
        {
            _current = this;
            try
            {
                body();
            }
            catch (Exception failure)
            {
                Fault = failure;
            }
            IsDone = true;
            controller.Release();
        }
    }
}

/// <summary>Stops the explored threads before each of their steps.</summary>
internal readonly struct Stepped : ISteps
{
    // The second ring of a queue: few messages are enough to explore the change.
    public static int BusyLength => 4;

    public static void Before(Step step) => Explorer.Fiber.Before(step);
}
