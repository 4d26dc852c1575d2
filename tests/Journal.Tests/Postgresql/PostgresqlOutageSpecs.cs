using Sluice.Journal.Contract;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Tests.Postgresql;

/// <summary>A server that dies and comes back. It has one of its own.</summary>
public sealed class PostgresqlOutageSpecs(PostgresqlServer server) : IClassFixture<PostgresqlServer>
{
    [Fact]
    public async Task A_killed_server_loses_nothing_and_the_same_journal_goes_on_when_it_is_back()
    {
        await using var journal = await Journals.OpenAsync("p", server.Settings(TestSettings.In("")), TimeProvider.System, CancellationToken.None);
        await journal.AddSinks("a");
        await journal.Append("1", "2");

        await server.KillAsync();
        (await Should.ThrowAsync<JournalException>(async () => await journal.Append("lost?"))).ShouldBeOfType<JournalUnavailableException>();
        (await Should.ThrowAsync<JournalException>(async () => await journal.Deliver("a", 1))).ShouldBeOfType<JournalUnavailableException>();
        await server.StartAsync();

        await journal.Append("3");
        (await journal.Owed("a")).ShouldBe(["1", "2", "3"]);
        await journal.ShouldBeSound();
    }
}
