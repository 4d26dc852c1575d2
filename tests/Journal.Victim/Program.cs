using Sluice.Journal;
using Sluice.Journal.Contract;
using Sluice.Journal.Settings;
using Sluice.Journal.Victim;

// Victim FOLDER MODE [CONNECTION SCHEMA] works on a journal until it is killed, and says on standard output what the journal has acknowledged:
// "+ number" for an append, "- number" for a delivery. "opening" comes first, "opened" once the journal is there.
using var output = new Voice();
var settings = TestSettings.In(args[0]);
if (args is [_, _, var connection, var schema])
{
    settings = settings with { Kind = JournalKind.Postgresql, ConnectionString = connection, Schema = schema };
}

await output.SayAsync("opening");
await using var journal = await Journals.OpenAsync("victim", settings, TimeProvider.System, CancellationToken.None);
await output.SayAsync("opened");
await (args[1] switch
{
    "work" => Deeds.WorkAsync(journal, output),
    "leave" => Deeds.LeaveAsync(journal, output),
    _ => Deeds.AppendAsync(journal, output),
});
