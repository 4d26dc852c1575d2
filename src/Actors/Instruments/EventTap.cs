using System.Threading.Channels;
using Sluice.Instruments;
using Sluice.Instruments.Events;

namespace Sluice.Actors.Instruments;

/// <summary>
/// Sees what happens to actors and keeps it in a bounded buffer for one subscriber. Never waits: what finds no room is dropped and counted.
/// </summary>
internal sealed class EventTap : EventLoopInstrument
{
    private readonly Channel<TappedEvent> _buffer;
    private readonly HashSet<string> _messageTypes;
    private readonly int _oneIn;
    private readonly TimeProvider _time;
    private readonly Action _waits;
    private long _passed;
    private long _taken;
    private long _dropped;
    private int _isTold;

    /// <param name="hooks">What is seen.</param>
    /// <param name="messageTypes">Simple names of the messages' classes; empty for all.</param>
    /// <param name="oneIn">One of so many is kept.</param>
    /// <param name="limit">How many are kept at most.</param>
    /// <param name="time">Times the events.</param>
    /// <param name="waits">Called once when something waits, until <see cref="Listen"/>.</param>
    public EventTap(InstrumentHooks hooks, IEnumerable<string> messageTypes, int oneIn, int limit, TimeProvider time, Action waits)
        : base(hooks)
    {
        (_messageTypes, _oneIn, _time, _waits) = ([.. messageTypes], oneIn, time, waits);
        _buffer = Channel.CreateBounded<TappedEvent>(new BoundedChannelOptions(limit) { SingleReader = true });
    }

    public override bool NeedsTiming => true;

    /// <summary>Events dropped so far.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Takes the next event.</summary>
    public bool TryTake(out TappedEvent seen) => _buffer.Reader.TryRead(out seen);

    /// <summary>Has the next event call; look once more after it, as one may have come just before.</summary>
    public void Listen() => Interlocked.Exchange(ref _isTold, 0);

    public override void OnQueuePut(in QueueEvent put)
    {
        if (Passes(put.Item.Type))
        {
            Keep(InstrumentHooks.QueuePut, put.Queue, put.Item.Value);
        }
    }

    public override void OnQueueGet(in QueueEvent get)
    {
        if (Passes(get.Item.Type))
        {
            Keep(InstrumentHooks.QueueGet, get.Queue, get.Item.Value, get.Waited);
        }
    }

    public override void OnTaskBeforeSend(in TaskTurn turn)
    {
        if (Passes(turn.Message?.GetType()))
        {
            Keep(InstrumentHooks.TaskBeforeSend, turn.Task, turn.Message);
        }
    }

    public override void OnTaskAfterSend(in TaskTurnEnded turn)
    {
        if (Passes(turn.Message?.GetType()))
        {
            Keep(InstrumentHooks.TaskAfterSend, turn.Task, turn.Message, turn.Elapsed, turn.Next);
        }
    }

    public override void OnTaskBeforeThrow(in TaskFault fault) => Faulted(InstrumentHooks.TaskBeforeThrow, in fault);

    public override void OnTaskAfterThrow(in TaskFault fault) => Faulted(InstrumentHooks.TaskAfterThrow, in fault);

    public override void OnTaskCompleted(in TaskEnded ended) => Ended(InstrumentHooks.TaskCompleted, in ended);

    public override void OnTaskError(in TaskEnded ended) => Ended(InstrumentHooks.TaskError, in ended);

    public override void OnTaskCancelled(in TaskEnded ended) => Ended(InstrumentHooks.TaskCancelled, in ended);

    private void Faulted(InstrumentHooks hook, in TaskFault fault)
    {
        if (Passes(fault.Message?.GetType()))
        {
            Keep(hook, fault.Task, fault.Message, next: fault.Next, fault: fault.Fault);
        }
    }

    private void Ended(InstrumentHooks hook, in TaskEnded ended)
    {
        if (Passes(ended.Result?.GetType()))
        {
            Keep(hook, ended.Task, ended.Result, fault: ended.Fault);
        }
    }

    private bool Passes(Type? message) =>
        (_messageTypes.Count == 0 || (message is not null && _messageTypes.Contains(message.Name)))
        && (_oneIn == 1 || Interlocked.Increment(ref _passed) % _oneIn == 0);

    private void Keep(
        InstrumentHooks hook, IInstrumented source, object? message, TimeSpan elapsed = default, TaskNext next = TaskNext.Undecided, Exception? fault = null)
    {
        var number = Interlocked.Increment(ref _taken);
        var seen = new TappedEvent(number, _time.GetUtcNow(), hook, source, message, elapsed, next is TaskNext.Undecided ? null : next.ToString(), fault);
        if (!_buffer.Writer.TryWrite(seen))
        {
            Interlocked.Increment(ref _dropped);
        }
        else if (Volatile.Read(ref _isTold) == 0 && Interlocked.Exchange(ref _isTold, 1) == 0)
        {
            _waits();
        }
    }
}
