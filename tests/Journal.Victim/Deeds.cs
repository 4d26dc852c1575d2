using Sluice.Journal.Contract;

namespace Sluice.Journal.Victim;

/// <summary>What a victim does until it is killed.</summary>
internal static class Deeds
{
    private const int ItemsOfALeaver = 600;

    /// <summary>Eight senders and one sink that takes most of what it is owed, out of order; another sink takes nothing.</summary>
    public static async Task WorkAsync(IJournal journal, Voice output)
    {
        await journal.AddSinks("a", "b");
        await Task.WhenAll([.. Enumerable.Range(0, 8).Select(_ => AppendForEverAsync(journal, output)), DeliverForEverAsync(journal, output)]);
    }

    /// <summary>One sender.</summary>
    public static async Task AppendAsync(IJournal journal, Voice output)
    {
        await journal.AddSinks("a", "b");
        await AppendForEverAsync(journal, output);
    }

    /// <summary>A sink comes, is owed much that nobody else is, and leaves: its data goes to another sink, or to the dead letters.</summary>
    public static async Task LeaveAsync(IJournal journal, Voice output)
    {
        await journal.AddSinks("a", "b");
        for (var round = 0; ; round++)
        {
            await journal.AddSinkAsync("leaver", CancellationToken.None);
            var items = Enumerable.Range(0, ItemsOfALeaver).Select(JournalActions.Item).ToArray();
            var receipt = await journal.AppendAsync(items, OwedTo.Only("leaver"), CancellationToken.None);
            await output.SayAsync(Enumerable.Range(0, ItemsOfALeaver).Select(number => $"+ {receipt.FirstSequence + number}"));
            await journal.RemoveSinkAsync("leaver", round % 2 == 0 ? new UnsentData.HandTo("a") : new UnsentData.DeadLetter(), CancellationToken.None);
            await output.SayAsync("left");
        }
    }

    private static async Task AppendForEverAsync(IJournal journal, Voice output)
    {
        var item = JournalActions.Item(new string('x', 300));
        while (true)
        {
            var receipt = await journal.AppendAsync(item, OwedTo.All, CancellationToken.None);
            await output.SayAsync($"+ {receipt.FirstSequence}");
        }
    }

    private static async Task DeliverForEverAsync(IJournal journal, Voice output)
    {
        while (true)
        {
            var owed = await journal.Read("a", max: 20);
            var chosen = owed.Where((_, index) => index % 5 != 4).ToList();
            await journal.Deliver("a", chosen.Select(item => item.Position));
            await output.SayAsync(chosen.Select(item => $"- {item.Key.Sequence}"));
            await Task.Yield();
        }
    }
}
