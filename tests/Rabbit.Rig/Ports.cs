using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Rabbit.Rig;

/// <summary>Ports of 127.0.0.1 below those that the system gives to outgoing connections, so that nobody takes one between choice and use.</summary>
internal static class Ports
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>One that is free, and that this process has not given away before: who has it may not listen yet.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(15_000, 32_000);
            if (!Given.TryAdd(port, true))
            {
                continue;
            }

            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken; another one then.
            }
        }
    }
}
