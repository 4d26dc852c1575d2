using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Dispatch;

// Who may do what:
//   any thread  Post, PostSystem: add, then read the status; if no turn is claimed, claim one and queue it
//   the turn    everything else; there is one at a time, because the claim is one bit that only a compare-and-swap sets
// No message is left behind: adding ends with a full fence (the reservation) before the status is read, and a turn ends with a
// full fence (the release of the claim) before the queues are read. So either the adder sees the claim released and claims
// anew, or the turn sees the message.
// A closed mailbox still has turns: they carry user messages that came late to the dead letters.
internal abstract class Mailbox<TSteps>(MessageQueue queue, MessageDispatcher dispatcher) : IThreadPoolWorkItem
    where TSteps : struct, ISteps
{
    // Senders that keep an actor busy refill its mailbox within a microsecond or so: to wait for them costs less than to give the
    // turn up and to be queued again. Only after several messages in a row, because who answers one by one would wait in vain.
    private const int MessagesBeforeWaiting = 4;
    private const int SpinsOfWaiting = 40;
    private SystemLane<TSteps> _systemLane;
    private MessageQueue _queue = queue;
    private int _status;

    public MailboxStatus Status
    {
        get
        {
            TSteps.Before(Step.ReadStatus);
            return new(Volatile.Read(ref _status));
        }
    }

    public int Count => _queue.Count;

    public bool HasMessages => _queue.HasMessages;

    public MessageDispatcher Dispatcher => dispatcher;

    public void Post(object message, IActorRef? sender)
    {
        var status = Status;
        var put = status.IsSpecial ? Prepared(status, message, sender) : message;
        if (put is null)
        {
            return;
        }
        if (!_queue.TryEnqueue(put, sender, out var refused))
        {
            Lost(refused, isOverflow: true);
        }
        if (!Status.IsClaimed)
        {
            Schedule(preferLocal: true);
        }
    }

    public void PostSystem(SystemMessage message)
    {
        if (!_systemLane.TryPush(message))
        {
            LostSystem(message);
        }
        else if (!Status.IsClaimed)
        {
            Schedule(preferLocal: true);
        }
    }

    /// <summary>Notes that the owner is on its way to its end.</summary>
    public void BeginToStop() => Interlocked.Or(ref _status, MailboxStatus.Stopping);

    /// <summary>From now on <see cref="Preparing"/> sees what is put, and <see cref="InvokeWatched"/> handles it. In the turn, or before the first.</summary>
    public void BeginToWatch() => Interlocked.Or(ref _status, MailboxStatus.Watched);

    /// <summary>Ends what <see cref="BeginToWatch"/> began.</summary>
    public void EndToWatch() => Interlocked.And(ref _status, ~MailboxStatus.Watched);

    public void Suspend() => Interlocked.Add(ref _status, MailboxStatus.Suspension);

    public void Resume()
    {
        if (Status.IsSuspended)
        {
            Interlocked.Add(ref _status, -MailboxStatus.Suspension);
        }
    }

    /// <summary>Puts envelopes in front of all others, in their order.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        // Who still adds through the queue itself adds to what the fronted one takes from.
        var fronted = _queue as FrontedQueue ?? new FrontedQueue(_queue);
        fronted.Prepend(envelopes);
        Volatile.Write(ref _queue, fronted);
    }

    /// <summary>Ends the mailbox: what waits is lost, and so is all that comes.</summary>
    public void Close()
    {
        TSteps.Before(Step.CloseStatus);
        Interlocked.Or(ref _status, MailboxStatus.Closed);
        for (var message = _systemLane.Close(); message is not null;)
        {
            var next = message.Next;
            message.Next = null;
            LostSystem(message);
            message = next;
        }
        LoseUserMessages();
    }

    void IThreadPoolWorkItem.Execute() => Turn();

    internal void Turn()
    {
        EnterTurn();
        try
        {
            RunTurn();
        }
        finally
        {
            LeaveTurn();
            TSteps.Before(Step.ReleaseTurn);
            Interlocked.And(ref _status, ~MailboxStatus.Claimed);
            TSteps.Before(Step.CheckForWork);
            Schedule(preferLocal: false);
        }
    }

    protected abstract void EnterTurn();

    protected abstract void LeaveTurn();

    /// <summary>Handles a user message, in the turn.</summary>
    protected abstract void Invoke(in Envelope envelope);

    /// <summary>A user message is about to be put into a watched mailbox; gives what to put. On any thread.</summary>
    protected virtual object Preparing(object message) => message;

    /// <summary>Handles a user message of a watched mailbox, in the turn.</summary>
    protected virtual void InvokeWatched(in Envelope envelope) => Invoke(envelope);

    /// <summary>Handles a system message, in the turn.</summary>
    protected abstract void InvokeSystem(SystemMessage message);

    /// <summary>
    /// So many user messages have left the mailbox, which is watched or closed, since the last call; in the turn, at its end and wherever it
    /// turns to system messages.
    /// </summary>
    protected virtual void Took(int messages)
    {
    }

    /// <summary>A user message will never be handled. On any thread.</summary>
    protected abstract void Lost(in Envelope envelope, bool isOverflow);

    /// <summary>A system message came after the end. On any thread.</summary>
    protected abstract void LostSystem(SystemMessage message);

    private void RunTurn()
    {
        var sinceWaiting = 0;
        for (var left = dispatcher.Throughput; ; left--)
        {
            if (_systemLane.HasMessages)
            {
                HandleSystemMessages();
            }
            var status = Status;
            if (status.IsSpecial)
            {
                RunSpecialTurn(status, left);
                return;
            }
            if (left == 0 || status.IsSuspended || !TryTakeNext(ref sinceWaiting, out var envelope))
            {
                return;
            }
            Invoke(envelope);
        }
    }

    /// <summary>The rest of a turn in which the mailbox is watched or closed.</summary>
    private void RunSpecialTurn(MailboxStatus status, int left)
    {
        var sinceWaiting = 0;
        for (var told = left; ; left--)
        {
            if (_systemLane.HasMessages)
            {
                Took(told - left);
                told = left;
                HandleSystemMessages();
                status = Status;
            }
            if (status.IsClosed)
            {
                LoseUserMessages();
                return;
            }
            if (left == 0 || status.IsSuspended || !TryTakeNext(ref sinceWaiting, out var envelope))
            {
                Took(told - left);
                return;
            }
            InvokeWatched(envelope);
            status = Status;
        }
    }

    /// <summary>What to put into a mailbox that is watched; null when it is closed, and the message lost.</summary>
    private object? Prepared(MailboxStatus status, object message, IActorRef? sender)
    {
        var put = status.IsWatched ? Preparing(message) : message;
        if (!status.IsClosed)
        {
            return put;
        }
        Lost(new Envelope(put, sender), isOverflow: false);
        return null;
    }

    private bool TryTakeNext(ref int sinceWaiting, out Envelope envelope)
    {
        if (_queue.TryDequeue(out envelope))
        {
            sinceWaiting++;
            return true;
        }
        if (sinceWaiting < MessagesBeforeWaiting)
        {
            return false;
        }
        sinceWaiting = 0;
        Thread.SpinWait(SpinsOfWaiting);
        return _queue.TryDequeue(out envelope);
    }

    private void HandleSystemMessages()
    {
        while (_systemLane.TakeAll() is { } message)
        {
            for (var next = message; next is not null;)
            {
                message = next;
                next = message.Next;
                message.Next = null;
                if (Status.IsClosed)
                {
                    LostSystem(message);
                }
                else
                {
                    InvokeSystem(message);
                }
            }
        }
    }

    private void LoseUserMessages()
    {
        var lost = 0;
        for (; _queue.TryDequeue(out var envelope); lost++)
        {
            Lost(envelope, isOverflow: false);
        }
        Took(lost);
    }

    private void Schedule(bool preferLocal)
    {
        while (true)
        {
            var status = Status;
            if (status.IsClaimed || !(_systemLane.HasMessages || (status.LetsUserMessagesOut && HasMessages)))
            {
                return;
            }
            TSteps.Before(Step.ClaimTurn);
            if (Interlocked.CompareExchange(ref _status, status.Word | MailboxStatus.Claimed, status.Word) == status.Word)
            {
                dispatcher.Execute(this, preferLocal);
                return;
            }
        }
    }
}
