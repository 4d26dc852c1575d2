using System.Globalization;
using Sluice.Journal;
using Sluice.Journal.Contract;

// Works on a journal until it is killed, and says on standard output what the journal has acknowledged: "+ number" for an append, "- number" for a delivery.
await using var journal = await Journals.OpenAsync("victim", TestSettings.In(args[0]), TimeProvider.System, CancellationToken.None);
await journal.AddSinks("a", "b");
using var output = Console.OpenStandardOutput();
var gate = new SemaphoreSlim(1, 1);
await Task.WhenAll([.. Enumerable.Range(0, 8).Select(_ => AppendForEverAsync()), DeliverForEverAsync()]);

async Task AppendForEverAsync()
{
    var item = JournalActions.Item(new string('x', 300));
    while (true)
    {
        var receipt = await journal.AppendAsync(item, OwedTo.All, CancellationToken.None);
        await SayAsync($"+ {receipt.FirstSequence}\n");
    }
}

async Task DeliverForEverAsync()
{
    while (true)
    {
        var owed = await journal.Read("a", max: 20);
        var chosen = owed.Where((_, index) => index % 5 != 4).ToList();
        await journal.Deliver("a", chosen.Select(item => item.Position));
        await WriteAsync(string.Concat(chosen.Select(item => string.Create(CultureInfo.InvariantCulture, $"- {item.Key.Sequence}\n"))));
        await Task.Yield();
    }
}

async Task SayAsync(FormattableString text) => await WriteAsync(text.ToString(CultureInfo.InvariantCulture));

async Task WriteAsync(string text)
{
    await gate.WaitAsync();
    try
    {
        await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes(text));
    }
    finally
    {
        gate.Release();
    }
}
