using Sluice.Messages.Pools;

namespace Sluice.Host.Commands.Journals;

/// <summary>Who has the journal open and can change it: this program for the time of a command, or another one that runs.</summary>
internal interface IJournalOwner : IAsyncDisposable
{
    /// <summary>Owes dead letters again; says how many are on their way now.</summary>
    Task<long> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken);

    /// <summary>Deletes dead letters; says how many were.</summary>
    Task<long> DropAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken);

    /// <summary>Tries everything that is owed, now.</summary>
    Task<IReadOnlyList<UnsentDataResult>> SendAsync(string? sink, CancellationToken cancellationToken);
}
