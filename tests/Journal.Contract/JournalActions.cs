using System.Globalization;
using System.Text;
using Sluice.Journal.DeadLetters;

namespace Sluice.Journal.Contract;

/// <summary>What tests do with a journal, in a word each.</summary>
public static class JournalActions
{
    public static NewItem Item(string text) => new() { Payload = Encoding.UTF8.GetBytes(text), ContentType = "text/plain" };

    public static NewItem Item(int number) => Item(number.ToString(CultureInfo.InvariantCulture));

    public static ValueTask<AppendReceipt> Append(this IJournal journal, params string[] texts) =>
        journal.AppendAsync([.. texts.Select(Item)], OwedTo.All, CancellationToken.None);

    public static ValueTask<AppendReceipt> AppendFor(this IJournal journal, string sink, params string[] texts) =>
        journal.AppendAsync([.. texts.Select(Item)], OwedTo.Only(sink), CancellationToken.None);

    public static ValueTask<IReadOnlyList<OwedItem>> Read(this IJournal journal, string sink, long after = 0, int max = 10_000) =>
        journal.ReadOwedAsync(sink, after, max, long.MaxValue, CancellationToken.None);

    public static async Task<string[]> Owed(this IJournal journal, string sink) => [.. (await journal.Read(sink)).Select(Text)];

    public static ValueTask<int> Deliver(this IJournal journal, string sink, params IEnumerable<long> positions) =>
        journal.SettleAsync(sink, [.. positions.Select(Settlement.Delivered)], CancellationToken.None);

    public static async Task<int> DeliverAll(this IJournal journal, string sink) =>
        await journal.Deliver(sink, (await journal.Read(sink)).Select(item => item.Position));

    public static ValueTask<int> Bury(this IJournal journal, string sink, long position, string error = "refused") =>
        journal.SettleAsync(
            sink,
            [Settlement.DeadLetter(position, new DeadReason(DeadLetterClass.Permanent, error, "422 no such field", 1))],
            CancellationToken.None);

    public static ValueTask<IReadOnlyList<DeadLetter>> DeadLetters(this IJournal journal, DeadLetterFilter? filter = null) =>
        journal.ReadDeadLettersAsync(filter ?? DeadLetterFilter.Everything, 0, 10_000, CancellationToken.None);

    public static async Task AddSinks(this IJournal journal, params string[] sinks)
    {
        foreach (var sink in sinks)
        {
            await journal.AddSinkAsync(sink, CancellationToken.None);
        }
    }

    public static string Text(this OwedItem item) => Encoding.UTF8.GetString(item.Payload.Span);

    public static string Text(this DeadLetter letter) => Encoding.UTF8.GetString(letter.Payload.Span);

    public static async Task ShouldBeSound(this IJournal journal)
    {
        (await journal.VerifyAsync(CancellationToken.None)).Faults.ShouldBeEmpty();
        foreach (var sink in journal.Status.Sinks.Values)
        {
            sink.Balances.ShouldBeTrue(sink.ToString());
        }
    }
}
