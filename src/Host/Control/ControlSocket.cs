using System.Net.Sockets;
using System.Text;

namespace Sluice.Host.Control;

/// <summary>Where a program that has a journal file open listens for journal commands: a socket beside the file, for those who may use its folder.</summary>
internal static class ControlSocket
{
    // sockaddr_un holds 108 bytes on Linux and 104 on macOS, the closing zero included.
    private const int LongestPath = 103;

    /// <summary>The socket's place; null where its name would be too long for one.</summary>
    public static UnixDomainSocketEndPoint? BesideOf(string journalFile) =>
        Path.IsPathFullyQualified(journalFile) && Encoding.UTF8.GetByteCount(PathOf(journalFile)) <= LongestPath
            ? new UnixDomainSocketEndPoint(PathOf(journalFile))
            : null;

    public static string PathOf(string journalFile) => journalFile + ".control";

    public static Socket Create() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
