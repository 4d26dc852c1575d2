using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>Runs turns on the thread pool.</summary>
internal sealed class ThreadPoolDispatcher(ActorSystem system, string id, int throughput) : MessageDispatcher(system, id, throughput)
{
    // A thread takes the newest of its own queue first: fast, but two actors that answer each other there would starve the
    // others. So every so often a turn goes to the queue that all threads share and that is in order.
    private const int LocalTurnsInARow = 16;

    [ThreadStatic]
    private static int _localTurns;

    internal override void Execute(IThreadPoolWorkItem turn, bool preferLocal)
    {
        if (preferLocal && ++_localTurns >= LocalTurnsInARow)
        {
            _localTurns = 0;
            preferLocal = false;
        }
        ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal);
    }
}
