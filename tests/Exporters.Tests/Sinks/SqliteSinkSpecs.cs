using System.Data.Common;
using Microsoft.Data.Sqlite;
using Sluice.Exporters.Sinks;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class SqliteSinkSpecs : SqlSinkContract
{
    private readonly TempFolder _folder = new();

    protected override string Type => "sqlite";

    protected override string Connection => $"Data Source={_folder.File("items.db")}";

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_tried_again_later()
    {
        var sink = Open($"connection = \"Data Source={_folder.File("no/such/folder.db")}\"\ncolumns {{}}");

        (await sink.SendAsync(Items.Numbered(1), CancellationToken.None).Within()).Single().ShouldBeOfType<SinkOutcome.RetryLater>();
        (await sink.ProbeAsync(CancellationToken.None).Within()).ShouldBeOfType<SinkProbe.Unreachable>();
    }

    protected override DbConnection Connect() => new SqliteConnection(Connection + ";Pooling=False");

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
