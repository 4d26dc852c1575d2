using Sluice.Hocon;
using Sluice.Host.Commands.Journals;
using Sluice.Host.Running;
using Sluice.Journal;
using Sluice.Journal.Errors;
using Sluice.Postgres.Rig;

namespace Sluice.Host.Tests.Running;

/// <summary>Who changes a journal in PostgreSQL when a command is to: its owner alone, and nobody takes it from him.</summary>
public sealed class JournalOwnersSpecs
{
    [Fact]
    public async Task Pool_2_5_a_journal_in_a_database_is_looked_at_beside_its_owner_and_changed_by_nobody_else()
    {
        await using var server = await PostgresServer.StartAsync();
        var file = PoolFile.From("orders", ConfigurationFactory.ParseString(
            $$"""
            name = orders
            journal { kind = postgresql, connection-string = "{{server.ConnectionString}}", take-over = yes }
            exporters { nothing { type = "null" } }
            """));
        await using var owner = await Journals.OpenAsync("orders", file.Journal, TimeProvider.System, CancellationToken.None);
        await owner.AddSinkAsync("nothing", CancellationToken.None);
        await using var view = await Journals.OpenViewAsync("orders", file.Journal, CancellationToken.None);

        var refused = await Should.ThrowAsync<IOException>(async () => await JournalOwners.FindAsync(file, view, CancellationToken.None));
        var late = await Should.ThrowAsync<JournalLockedException>(async () => await OwnPool.StartAsync(file, CancellationToken.None));

        refused.Message.ShouldContain($"is in use by process {Environment.ProcessId} on {Environment.MachineName}, which takes no journal commands: stop that program");
        late.Message.ShouldContain("orders");
        (await view.GetStatusAsync(CancellationToken.None)).Sinks.Keys.ShouldContain("nothing");
        await owner.AddSinkAsync("still-mine", CancellationToken.None);
    }
}
