using Sluice.Instruments.Events;

namespace Sluice.Instruments;

/// <summary>
/// Watches the event loop: the actors' mailboxes, and the queues, sockets and tasks that nodes and exporters use. Every
/// hook does nothing; override what you want and <see cref="Enter"/> a scope.
/// </summary>
/// <remarks>
/// Hooks are called where things happen, by many threads at once: they must be safe for that and quick. One that throws
/// is disabled for good, with a warning, and nobody else notices. What a hook does itself is not watched.
/// </remarks>
public abstract class EventLoopInstrument
{
    private Exception? _fault;

    /// <summary>Finds out which hooks this class overrides.</summary>
    protected EventLoopInstrument() => Hooks = OverriddenHooks.Of(this);

    /// <summary>Makes an instrument that sees only some of the hooks that it overrides.</summary>
    protected EventLoopInstrument(InstrumentHooks only) => Hooks = OverriddenHooks.Of(this) & only;

    /// <summary>The hooks that this instrument overrides and sees.</summary>
    public InstrumentHooks Hooks { get; }

    /// <summary>
    /// Whether the durations in the hooks' data are wanted; reading the clock for them costs some 20 ns each. Asked again before each is measured:
    /// one that says no for a while gets zeros. One that says no when its scope begins is never asked again.
    /// </summary>
    public virtual bool NeedsTiming => false;

    /// <summary>
    /// Whether the hooks touch nothing that is itself watched (no queue, actor, socket or task) and are too quick to be worth measuring. They
    /// are then called without the guard against watching oneself, which saves some 3 ns each, and without <see cref="InstrumentScope.EstimatedCost"/>.
    /// </summary>
    public virtual bool IsSelfContained => false;

    /// <summary>
    /// Whether <see cref="OnMailboxRun"/> and <see cref="OnMessageSample"/> are enough of actors: <see cref="OnQueuePut"/>, <see cref="OnQueueGet"/>,
    /// <see cref="OnTaskBeforeSend"/> and <see cref="OnTaskAfterSend"/> then fire for queues and tasks alone, and busy actors keep most of their speed.
    /// </summary>
    public virtual bool SamplesActors => false;

    /// <summary>What the instrument threw when it was disabled; null while it works.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>
    /// Makes the instrument active for what is started until the scope is disposed, across awaits and for the actors and
    /// runners started inside; at the end it is gone, also for those that live on.
    /// </summary>
    public InstrumentScope Enter() => InstrumentScope.Enter(this);

    /// <summary>A queue or mailbox accepted an item; if the put waited for space, this is when it was accepted.</summary>
    public virtual void OnQueuePut(in QueueEvent put)
    {
    }

    /// <summary>An item left a queue or mailbox; if the get waited, this is when it returned.</summary>
    public virtual void OnQueueGet(in QueueEvent get)
    {
    }

    /// <summary>
    /// An actor pauses after a run of messages: how many came and how many it took since the last run. For instruments that only count: it fires
    /// once for up to some hundred messages, misses none, and costs next to nothing where <see cref="OnQueuePut"/> costs as much as the message.
    /// </summary>
    public virtual void OnMailboxRun(in MailboxRun run)
    {
    }

    /// <summary>A message's way through an actor was measured: every message's while the actor is not busy, else one of many.</summary>
    public virtual void OnMessageSample(in MessageSample sample)
    {
    }

    /// <summary>A connect begins.</summary>
    public virtual void OnSocketConnectStart(in ConnectStarted connect)
    {
    }

    /// <summary>A connection is established.</summary>
    public virtual void OnSocketConnectReady(in Connected connected)
    {
    }

    /// <summary>A task starts waiting for a connection.</summary>
    public virtual void OnSocketAcceptStart(in AcceptStarted accept)
    {
    }

    /// <summary>A connection was accepted.</summary>
    public virtual void OnSocketAcceptReady(in Accepted accepted)
    {
    }

    /// <summary>A send has to wait, because the kernel's buffer is full.</summary>
    public virtual void OnSocketSendStart(in SocketWait wait)
    {
    }

    /// <summary>A send that had to wait is complete.</summary>
    public virtual void OnSocketSendReady(in SocketWait wait)
    {
    }

    /// <summary>Bytes went to the kernel; may be fewer than were offered.</summary>
    public virtual void OnSocketSendData(in SocketBytes sent)
    {
    }

    /// <summary>A receive has to wait, because nothing has come yet.</summary>
    public virtual void OnSocketRecvStart(in SocketWait wait)
    {
    }

    /// <summary>A receive that had to wait is ready.</summary>
    public virtual void OnSocketRecvReady(in SocketWait wait)
    {
    }

    /// <summary>Bytes were read; none, when the other end has closed.</summary>
    public virtual void OnSocketRecvData(in SocketBytes received)
    {
    }

    /// <summary>A TLS handshake succeeded.</summary>
    public virtual void OnTlsHandshakeComplete(in TlsHandshake handshake)
    {
    }

    /// <summary>A socket is closed. Comes once per socket.</summary>
    public virtual void OnSocketClose(in SocketClosed closed)
    {
    }

    /// <summary>An actor is about to handle a message, or a task to be resumed.</summary>
    public virtual void OnTaskBeforeSend(in TaskTurn turn)
    {
    }

    /// <summary>
    /// An actor has handled a message, or a task has yielded. For a handler that awaits it comes twice: with <see cref="TaskNext.Yields"/> at its first
    /// await, and when it has ended (or was given up by a restart or a stop), then with all the time since the message was taken.
    /// </summary>
    public virtual void OnTaskAfterSend(in TaskTurnEnded turn)
    {
    }

    /// <summary>A fault is about to be given to an actor or task.</summary>
    public virtual void OnTaskBeforeThrow(in TaskFault fault)
    {
    }

    /// <summary>A fault has been given to an actor or task.</summary>
    public virtual void OnTaskAfterThrow(in TaskFault fault)
    {
    }

    /// <summary>An actor stopped or a task returned.</summary>
    public virtual void OnTaskCompleted(in TaskEnded ended)
    {
    }

    /// <summary>An actor or task failed for good.</summary>
    public virtual void OnTaskError(in TaskEnded ended)
    {
    }

    /// <summary>A task was cancelled.</summary>
    public virtual void OnTaskCancelled(in TaskEnded ended)
    {
    }

    /// <summary>Disables the instrument; true for the first fault only.</summary>
    internal bool TryDisable(Exception fault) => Interlocked.CompareExchange(ref _fault, fault, null) is null;
}
