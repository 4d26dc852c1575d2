using Sluice.Host.Control;
using Sluice.Messages.Pools;

namespace Sluice.Host.Commands.Journals;

/// <summary>Another program has the journal open, and does what is asked.</summary>
internal sealed class OtherProgram(RunningProgram program) : IJournalOwner
{
    public async Task<long> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken) =>
        (await program.AskAsync(new ControlRequest("redrive", deadLetters), cancellationToken).ConfigureAwait(false)).Count;

    public async Task<long> DropAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken) =>
        (await program.AskAsync(new ControlRequest("drop", deadLetters, reason), cancellationToken).ConfigureAwait(false)).Count;

    public async Task<IReadOnlyList<UnsentDataResult>> SendAsync(string? sink, CancellationToken cancellationToken) =>
        (await program.AskAsync(new ControlRequest("send", Sink: sink), cancellationToken).ConfigureAwait(false)).Exporters ?? [];

    public ValueTask DisposeAsync() => program.DisposeAsync();
}
