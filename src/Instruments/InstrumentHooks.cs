namespace Sluice.Instruments;

/// <summary>
/// The hooks, one bit each. An instrument's bits are those it overrides, found once per class, so that nobody prepares
/// data (reads a clock, names a thing) for hooks that do nothing.
/// </summary>
/// <remarks>A bit <c>X</c> belongs to the method <c>OnX</c>; a test holds the two together.</remarks>
[Flags]
public enum InstrumentHooks : ulong
{
    /// <summary>Nothing is watched.</summary>
    None = 0,

    /// <summary>A queue or mailbox accepted an item.</summary>
    QueuePut = 1UL << 0,

    /// <summary>An item left a queue or mailbox.</summary>
    QueueGet = 1UL << 1,

    /// <summary>A connect begins.</summary>
    SocketConnectStart = 1UL << 2,

    /// <summary>A connection is established.</summary>
    SocketConnectReady = 1UL << 3,

    /// <summary>A task starts waiting for a connection.</summary>
    SocketAcceptStart = 1UL << 4,

    /// <summary>A connection was accepted.</summary>
    SocketAcceptReady = 1UL << 5,

    /// <summary>A send has to wait.</summary>
    SocketSendStart = 1UL << 6,

    /// <summary>A send that waited can go on.</summary>
    SocketSendReady = 1UL << 7,

    /// <summary>Bytes went to the kernel.</summary>
    SocketSendData = 1UL << 8,

    /// <summary>A receive has to wait.</summary>
    SocketRecvStart = 1UL << 9,

    /// <summary>A receive that waited can go on.</summary>
    SocketRecvReady = 1UL << 10,

    /// <summary>Bytes were read.</summary>
    SocketRecvData = 1UL << 11,

    /// <summary>A TLS handshake succeeded.</summary>
    TlsHandshakeComplete = 1UL << 12,

    /// <summary>A socket is closed.</summary>
    SocketClose = 1UL << 13,

    /// <summary>An actor is about to handle a message, a task about to be resumed.</summary>
    TaskBeforeSend = 1UL << 14,

    /// <summary>An actor has handled a message, a task has yielded.</summary>
    TaskAfterSend = 1UL << 15,

    /// <summary>A fault is about to be given to an actor or task.</summary>
    TaskBeforeThrow = 1UL << 16,

    /// <summary>A fault has been given to an actor or task.</summary>
    TaskAfterThrow = 1UL << 17,

    /// <summary>An actor or task ended well.</summary>
    TaskCompleted = 1UL << 18,

    /// <summary>An actor or task failed.</summary>
    TaskError = 1UL << 19,

    /// <summary>A task was cancelled.</summary>
    TaskCancelled = 1UL << 20,

    /// <summary>A run of a tube begins.</summary>
    RunStart = 1UL << 21,

    /// <summary>A run of a tube is over.</summary>
    RunEnd = 1UL << 22,

    /// <summary>An epoch begins.</summary>
    EpochStart = 1UL << 23,

    /// <summary>An epoch is over.</summary>
    EpochEnd = 1UL << 24,

    /// <summary>A node joined the run.</summary>
    NodeRegistered = 1UL << 25,

    /// <summary>A node has all its inputs.</summary>
    NodeReady = 1UL << 26,

    /// <summary>A node's code begins.</summary>
    NodeStart = 1UL << 27,

    /// <summary>A node's code is done.</summary>
    NodeFinish = 1UL << 28,

    /// <summary>A node emitted an event.</summary>
    NodeEmitted = 1UL << 29,

    /// <summary>A node emitted nothing on a signal.</summary>
    NodeNoEvent = 1UL << 30,

    /// <summary>A node's code failed.</summary>
    NodeError = 1UL << 31,

    /// <summary>A node was enabled.</summary>
    NodeEnabled = 1UL << 32,

    /// <summary>A node was disabled.</summary>
    NodeDisabled = 1UL << 33,

    /// <summary>A node waits for a slot that nothing will fill for now.</summary>
    NodeStalled = 1UL << 34,

    /// <summary>An asset was made.</summary>
    AssetMade = 1UL << 35,

    /// <summary>An asset was released.</summary>
    AssetReleased = 1UL << 36,

    /// <summary>An actor handled the messages of one run.</summary>
    MailboxRun = 1UL << 37,

    /// <summary>A message's way through an actor was measured.</summary>
    MessageSample = 1UL << 38,

    /// <summary>Nodes were called since that was told last.</summary>
    NodeCalls = 1UL << 39,

    /// <summary>Not a hook: the instrument wants durations (<see cref="EventLoopInstrument.NeedsTiming"/>).</summary>
    Timing = 1UL << 63,
}
