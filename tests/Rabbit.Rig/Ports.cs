using System.Net;
using System.Net.Sockets;

namespace Sluice.Rabbit.Rig;

/// <summary>Ports of 127.0.0.1 below those that the system gives to outgoing connections, so that nobody takes one between choice and use.</summary>
internal static class Ports
{
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(15_000, 32_000);
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
