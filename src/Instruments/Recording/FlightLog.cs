namespace Sluice.Instruments.Recording;

/// <summary>The last events of one source.</summary>
internal sealed class FlightLog(int capacity)
{
    private const InstrumentHooks OfTasks = InstrumentHooks.TaskBeforeSend | InstrumentHooks.TaskAfterSend | InstrumentHooks.TaskBeforeThrow
        | InstrumentHooks.TaskAfterThrow | InstrumentHooks.TaskCompleted | InstrumentHooks.TaskError;

    private readonly Lock _gate = new();
    private readonly FlightEntry[] _ring = new FlightEntry[capacity];
    private long _count;
    private long _waiting;
    private InstrumentHooks _seen;
    private Exception? _lastReported;

    public void Add(in FlightEntry entry)
    {
        lock (_gate)
        {
            _ring[_count++ % _ring.Length] = entry;
            _seen |= entry.Hook;
            _waiting += entry.Hook switch
            {
                InstrumentHooks.QueuePut => 1,
                InstrumentHooks.QueueGet => -1,
                _ => 0,
            };
        }
    }

    /// <summary>True the first time for a fault: it passes several hooks and is reported once.</summary>
    public bool IsNews(Exception fault)
    {
        lock (_gate)
        {
            var isNews = !ReferenceEquals(_lastReported, fault);
            _lastReported = fault;
            return isNews;
        }
    }

    public FlightPart Read(IInstrumented source)
    {
        lock (_gate)
        {
            var kept = (int)Math.Min(_count, _ring.Length);
            var entries = new FlightEntry[kept];
            for (var i = 0; i < kept; i++)
            {
                entries[i] = _ring[(_count - kept + i) % _ring.Length];
            }

            return new FlightPart(source.Name, source.Kind, _count, HasQueue(source) ? Math.Max(0, _waiting) : null, entries);
        }
    }

    // An actor has a mailbox also when nothing was ever seen in it; of what has turns, only a task has none.
    private bool HasQueue(IInstrumented source) =>
        (_seen & (InstrumentHooks.QueuePut | InstrumentHooks.QueueGet)) != 0 || ((_seen & OfTasks) != 0 && source.Kind != "task");
}
