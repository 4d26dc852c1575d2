namespace Sluice.Journal.Errors;

/// <summary>The pool has no such sink.</summary>
public sealed class UnknownSinkException : JournalException
{
    internal UnknownSinkException(string where, string sink, IEnumerable<string> known)
        : base(where, $"The journal {where} knows no sink \"{sink}\": add it first. It knows: {Names(known)}.", null)
    {
    }

    internal UnknownSinkException(string where)
        : base(where, $"The journal {where} has no sinks, so an item for all would be owed to nobody: add a sink first.", null)
    {
    }

    private static string Names(IEnumerable<string> known) =>
        string.Join(", ", known.Order(StringComparer.Ordinal)) is { Length: > 0 } names ? names : "none";
}
