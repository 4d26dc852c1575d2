using Npgsql;
using Sluice.Journal.Contract;
using Sluice.Journal.Errors;
using Sluice.Journal.Settings;
using Sluice.Journal.Tests.Postgresql;
using Xunit.Abstractions;

namespace Sluice.Journal.Tests.Migration;

/// <summary>A schema of the first version is brought up to date by the first program that opens a journal in it.</summary>
[Collection(nameof(PostgresqlServer))]
public sealed class PostgresqlMigrationSpecs(PostgresqlServer server, ITestOutputHelper log) : IAsyncLifetime
{
    private const int Kills = 12;

    private string _schema = "";

    public Task InitializeAsync() => MakeAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public Task Pool_6_a_schema_of_version_1_is_migrated_with_everything_in_it() => VersionOne.ShouldMigrateOnce(() => OpenAsync());

    [Fact]
    public async Task Looking_at_a_schema_of_version_1_reads_it_and_changes_nothing()
    {
        await using var view = await Journals.OpenViewAsync(VersionOne.Pool, Settings(), CancellationToken.None);

        (await view.GetStatusAsync(CancellationToken.None)).Sinks["b"].Pending.ShouldBe(39);
        (await view.ReadUnsentAsync(0, 1000, long.MaxValue, CancellationToken.None)).Count.ShouldBe(40);
        (await AskAsync($"select version from {_schema}.schema_version")).ShouldBe(1);
    }

    [Fact]
    public async Task A_schema_of_a_newer_version_is_refused_in_one_sentence_and_left_untouched()
    {
        await AskAsync($"update {_schema}.schema_version set version = 99");

        var writing = await Should.ThrowAsync<JournalVersionException>(async () => await OpenAsync());
        var looking = await Should.ThrowAsync<JournalVersionException>(
            async () => await Journals.OpenViewAsync(VersionOne.Pool, Settings(), CancellationToken.None));

        writing.Message.ShouldContain("has schema version 99, and this program knows versions up to 2: it was left untouched.");
        looking.Message.ShouldBe(writing.Message);
        (await AskAsync($"select version from {_schema}.schema_version")).ShouldBe(99);
        (await AskAsync($"select count(*) from information_schema.tables where table_schema = '{_schema}' and table_name = 'message'")).ShouldBe(0);
    }

    [Fact]
    public async Task Pool_6_kill_nine_during_the_migration_of_a_schema_loses_nothing()
    {
        var random = new Random(53);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await MakeAsync();
            var (victim, pause) = (new Sqlite.Victim("", "append", server.ConnectionString, _schema), TimeSpan.FromMilliseconds(random.Next(0, 400)));

            await victim.RunAndKillAsync(1, pause);

            await using var journal = await OpenAsync(takeOver: true);
            log.WriteLine($"kill {kill}, {pause.TotalMilliseconds} ms after opening began: version {journal.Opening.MigratedFrom ?? 2}, {victim.Appended.Count} appended");
            await journal.ShouldBeSound();
            (await journal.Owed("b"))[..39].ShouldBe(
                ["{\"id\":1}", .. Enumerable.Range(4, 37).Select(number => $"item {number}"), "only b"]);
            victim.Appended.Except((await journal.Read("b")).Select(item => item.Key.Sequence)).ShouldBeEmpty("acknowledged, and lost");
        }
    }

    private async Task MakeAsync()
    {
        _schema = "v" + Guid.NewGuid().ToString("N");
        await AskAsync(VersionOne.Sql(_schema));
    }

    private JournalSettings Settings() => server.Settings(TestSettings.In("")) with { Schema = _schema };

    private ValueTask<IJournal> OpenAsync(bool takeOver = false) =>
        Journals.OpenAsync(VersionOne.Pool, Settings() with { TakeOver = takeOver }, TimeProvider.System, CancellationToken.None);

    private async Task<long> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
