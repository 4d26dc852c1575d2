using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Sluice.Rabbit;

namespace Sluice.Cluster.Killable;

/// <summary>An exception that nobody catches, on a thread of the pool.</summary>
internal static class UnhandledFault
{
    /// <summary>Throws one as the client's heartbeat timer does, or one of the same type from elsewhere.</summary>
    public static async Task<int> ThrowAsync(bool isOfTheClient)
    {
        ClientFaults.Guard();
        var fault = new ChannelClosedException();
        ExceptionDispatchInfo.SetRemoteStackTrace(fault, isOfTheClient ? "   at RabbitMQ.Client.Framing.Connection.HeartbeatReadTimerCallback(Object state)" : "   at Somewhere.Else()");
        ThreadPool.UnsafeQueueUserWorkItem(static thrown => throw thrown, fault, preferLocal: false);
        while (ClientFaults.Survived == 0)
        {
            await Task.Yield();
        }

        Console.WriteLine("survived");
        return 0;
    }
}
