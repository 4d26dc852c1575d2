namespace Sluice.Host.Commands.Journals;

/// <summary>What may become of an item that is not delivered.</summary>
internal enum JournalState
{
    /// <summary>It is owed to a sink.</summary>
    Pending,

    /// <summary>It is among a sink's dead letters.</summary>
    Dead,
}
