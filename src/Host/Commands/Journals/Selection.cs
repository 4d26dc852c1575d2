using System.Runtime.CompilerServices;
using System.Text;
using Sluice.Journal;
using Sluice.Journal.DeadLetters;

namespace Sluice.Host.Commands.Journals;

/// <summary>Which items a command is about. Reads page by page, so that a journal of any size fits in memory.</summary>
internal sealed record Selection
{
    private const int PageItems = 500;
    private const long PageBytes = 4L << 20;

    public required JournalState State { get; init; }

    public required string? Sink { get; init; }

    public required DateTimeOffset? AcceptedBefore { get; init; }

    public required DateTimeOffset? AcceptedFrom { get; init; }

    public required KeyRange Keys { get; init; }

    public required DeadLetterClass? Class { get; init; }

    public required string? Error { get; init; }

    public required string? Text { get; init; }

    /// <summary>Chosen by key alone.</summary>
    public static Selection Of(JournalState state, KeyRange keys) => new()
    {
        State = state,
        Keys = keys,
        Sink = null,
        AcceptedBefore = null,
        AcceptedFrom = null,
        Class = null,
        Error = null,
        Text = null,
    };

    /// <summary>Whether nothing but the state narrows it.</summary>
    public bool IsEverything =>
        Sink is null && AcceptedBefore is null && AcceptedFrom is null && Keys == KeyRange.All && Class is null && Error is null && Text is null;

    /// <summary>What is owed, oldest first; of each item only the sinks that are chosen.</summary>
    public async IAsyncEnumerable<UnsentItem> PendingAsync(IJournalView journal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await journal.ReadUnsentAsync(after, PageItems, PageBytes, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var unsent in page.Where(Includes))
            {
                yield return Sink is null ? unsent : unsent with { Sinks = [Sink] };
            }

            after = page[^1].Item.Position;
        }
    }

    /// <summary>Dead letters in the order in which they died.</summary>
    public async IAsyncEnumerable<DeadLetter> DeadAsync(IJournalView journal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new DeadLetterFilter { Sink = Sink, Class = Class, ErrorContains = Error };
        var after = 0L;
        while (await journal.ReadDeadLettersAsync(filter, after, PageItems, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var letter in page.Where(Includes))
            {
                yield return letter;
            }

            after = page[^1].Id;
        }
    }

    private bool Includes(UnsentItem unsent) =>
        (Sink is null || unsent.Sinks.Contains(Sink)) && Includes(unsent.Item.Key, unsent.Item.AcceptedAt, unsent.Item.Payload);

    private bool Includes(DeadLetter letter) => Includes(letter.Key, letter.FirstSeen, letter.Payload);

    private bool Includes(ItemKey key, DateTimeOffset accepted, ReadOnlyMemory<byte> payload) =>
        Keys.Contains(key.Sequence)
        && !(accepted >= AcceptedBefore)
        && !(accepted < AcceptedFrom)
        && (Text is null || Encoding.UTF8.GetString(payload.Span).Contains(Text, StringComparison.OrdinalIgnoreCase));
}
