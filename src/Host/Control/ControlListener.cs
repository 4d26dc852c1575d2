using System.Net.Sockets;
using System.Text.Json;

namespace Sluice.Host.Control;

/// <summary>Answers journal commands of other processes for as long as a pool runs, one connection after the other.</summary>
internal sealed class ControlListener : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly string _path;
    private readonly Func<ControlRequest, CancellationToken, Task<ControlAnswer>> _answer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;

    private ControlListener(Socket socket, string path, Func<ControlRequest, CancellationToken, Task<ControlAnswer>> answer)
    {
        (_socket, _path, _answer) = (socket, path, answer);
        _listening = ListenAsync();
    }

    /// <summary>Listens beside a journal file whose lock the caller holds: what an earlier process left there is nobody's.</summary>
    /// <returns>Null where no socket can be; journal commands are then refused while the journal is open.</returns>
    public static ControlListener? Start(string journalFile, Func<ControlRequest, CancellationToken, Task<ControlAnswer>> answer)
    {
        if (ControlSocket.BesideOf(journalFile) is not { } place)
        {
            return null;
        }

        var path = ControlSocket.PathOf(journalFile);
        var socket = ControlSocket.Create();
        try
        {
            File.Delete(path);
            socket.Bind(place);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen();
            return new ControlListener(socket, path, answer);
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            // A folder on a file system without sockets: the pool does without.
            socket.Dispose();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _listening.ConfigureAwait(false);
        _socket.Dispose();
        File.Delete(_path);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var connection = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
                await ServeAsync(connection).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException)
            {
                // Whoever asked has gone, or this program is going.
            }
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        await using var stream = new NetworkStream(connection);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(_stop.Token).ConfigureAwait(false) is { } line)
        {
            var answer = await AnswerAsync(line).ConfigureAwait(false);
            await JsonSerializer.SerializeAsync(stream, answer, JsonSerializerOptions.Web, _stop.Token).ConfigureAwait(false);
            await stream.WriteAsync("\n"u8.ToArray(), _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<ControlAnswer> AnswerAsync(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ControlRequest>(line, JsonSerializerOptions.Web) is { } request
                ? await _answer(request, _stop.Token).ConfigureAwait(false)
                : new ControlAnswer(Refused: "The request is empty.");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException and not OperationCanceledException)
        {
            return new ControlAnswer(Refused: fault.Message);
        }
    }
}
