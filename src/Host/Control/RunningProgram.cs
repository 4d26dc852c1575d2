using System.Net.Sockets;
using System.Text.Json;

namespace Sluice.Host.Control;

/// <summary>The program that has a journal open, asked by a journal command.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _answers;
    private readonly string _owner;

    private RunningProgram(NetworkStream stream, string owner)
    {
        (_stream, _owner) = (stream, owner);
        _answers = new StreamReader(stream);
    }

    /// <summary>Reaches the program that has the journal file open.</summary>
    /// <exception cref="IOException">It cannot be asked.</exception>
    public static async ValueTask<RunningProgram> ReachAsync(string journalFile, string owner, CancellationToken cancellationToken)
    {
        var place = ControlSocket.BesideOf(journalFile) ?? throw CannotBeAsked(journalFile, owner);
        var socket = ControlSocket.Create();
        try
        {
            await socket.ConnectAsync(place, cancellationToken).ConfigureAwait(false);
            return new RunningProgram(new NetworkStream(socket, ownsSocket: true), owner);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw CannotBeAsked(journalFile, owner);
        }
    }

    /// <exception cref="IOException">It refused, or ended before it had answered.</exception>
    public async Task<ControlAnswer> AskAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(_stream, request, JsonSerializerOptions.Web, cancellationToken).ConfigureAwait(false);
        await _stream.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
        var line = await _answers.ReadLineAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new IOException($"The program that has the journal open ({_owner}) ended before it had answered: try again.");
        var answer = JsonSerializer.Deserialize<ControlAnswer>(line, JsonSerializerOptions.Web)!;
        return answer.Refused is null ? answer : throw new IOException($"The program that has the journal open ({_owner}) refused: {answer.Refused}");
    }

    private static IOException CannotBeAsked(string journal, string owner) => new(
        $"The journal {journal} is in use by {owner}, which takes no journal commands: stop that program, then try again. "
        + "(Beside their owners only journals in files take them; looking works always.)");

    public async ValueTask DisposeAsync()
    {
        _answers.Dispose();
        await _stream.DisposeAsync().ConfigureAwait(false);
    }
}
