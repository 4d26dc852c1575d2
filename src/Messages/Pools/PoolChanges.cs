namespace Sluice.Messages.Pools;

/// <summary>
/// Add an exporter to the running pool; it gets what is sent from now on, and what the journal still owes to that name.
/// Answered with <see cref="PoolChanged"/> or <see cref="PoolChangeRefused"/>.
/// </summary>
/// <param name="Name">The exporter's name, unique in the pool.</param>
/// <param name="Settings">The exporter's section, flattened: <c>type</c>, <c>url</c>, <c>retry:initial-interval</c> ….</param>
public sealed record AddExporter(string Name, IReadOnlyDictionary<string, string?> Settings);

/// <summary>Take an exporter out of the running pool. Answered with <see cref="PoolChanged"/> or <see cref="PoolChangeRefused"/>.</summary>
/// <param name="Name">The exporter's name.</param>
/// <param name="Fate">What becomes of what it is owed.</param>
/// <param name="Heir">The exporter that gets it with <see cref="UnsentDataFate.SendToAnother"/>.</param>
public sealed record RemoveExporter(string Name, UnsentDataFate Fate, string? Heir = null);

/// <summary>What becomes of an exporter's unsent data when it leaves.</summary>
public enum UnsentDataFate
{
    /// <summary>It stays in the journal, owed to that name, until an exporter of that name comes back.</summary>
    Keep,

    /// <summary>It is owed to another exporter from now on.</summary>
    SendToAnother,

    /// <summary>It goes to the dead letters.</summary>
    DeadLetter,
}

/// <summary>
/// Keep unsent data in memory (true) or on disk (false) from now on; what is there is moved over, nothing is lost, reordered or sent twice.
/// Answered with <see cref="PoolChanged"/> or <see cref="PoolChangeRefused"/>.
/// </summary>
/// <param name="UseMemory">Where unsent data goes.</param>
public sealed record SetUseMemory(bool UseMemory);

/// <summary>The change asked for is done and committed.</summary>
/// <param name="Items">Items that it moved: to another journal, exporter or the dead letters.</param>
public sealed record PoolChanged(long Items = 0);

/// <summary>The change asked for was not made; the pool goes on as before.</summary>
/// <param name="Message">Why, with the remedy.</param>
public sealed record PoolChangeRefused(string Message);
