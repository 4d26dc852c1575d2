using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Sql;

namespace Sluice.Exporters.Tests.Sinks;

/// <summary>What every sink that fills a table does, whatever the database.</summary>
public abstract class SqlSinkContract : IDisposable
{
    private const string Columns = """
        columns {
          place { path = place.name, type = text, required = true }
          number { path = number, type = whole }
          depth { path = place.depth, type = real }
          felt { path = felt, type = boolean }
          at { path = at, type = timestamp }
          item { path = "$item", type = json }
          region { path = "@region", type = text }
          tube { path = "$tube", type = text }
        }
        """;

    private const string Chile =
        """{"place":{"name":"Chile'); DROP TABLE quakes;--","depth":33},"number":7,"felt":true,"at":"2026-01-02T03:04:05.5+01:00"}""";

    private readonly SinkServices _services = new();

    protected abstract string Type { get; }

    protected abstract string Connection { get; }

    protected virtual string Table => "quakes";

    public void Dispose()
    {
        _services.Dispose();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Exporters_7_items_become_rows_by_the_mapping()
    {
        var item = Items.Json(1, Chile) with
        {
            Arguments = new Dictionary<string, string> { ["region"] = "south" },
            Origin = new SinkOrigin(Tube: "quakes"),
        };

        var outcomes = await SendAsync(Columns, [item, Items.Json(2, """{"place":{"name":"Alaska"}}""")]);

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        var rows = await RowsAsync("item_key, place, number, depth, felt, region, tube");
        rows.ShouldBe(["pool-1|Chile'); DROP TABLE quakes;--|7|33|1|south|quakes", "pool-2|Alaska|||||"]);
        (await RowsAsync("at"))[0].ShouldBe("2026-01-02T02:04:05.5000000Z");
    }

    [Fact]
    public async Task Exporters_7_what_comes_twice_is_there_once()
    {
        await SendAsync(Columns, [Items.Json(1, Chile)]);
        var again = await SendAsync(Columns, [Items.Json(1, Chile), Items.Json(2, Chile)]);

        again.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        (await RowsAsync("item_key")).ShouldBe(["pool-1", "pool-2"]);
    }

    [Theory]
    [InlineData("""{"place":{"name":1}}""", "type-mismatch", "Column 'place' takes Text, but place.name is Number.")]
    [InlineData("""{"place":{"name":"x"},"number":1.5}""", "type-mismatch", "Column 'number' takes Whole, but number is Number.")]
    [InlineData("""{"place":{"name":"x"},"felt":"yes"}""", "type-mismatch", "Column 'felt' takes Boolean, but felt is String.")]
    [InlineData("""{"place":{"name":"x"},"at":"yesterday"}""", "type-mismatch", "Column 'at' takes Timestamp, but at is String.")]
    [InlineData("""{"place":{}}""", "missing-value", "Column 'place' is required, but the item has no place.name.")]
    [InlineData("{torn", "invalid-json", null)]
    public async Task Exporters_7_types_are_checked_and_the_others_go_on(string json, string errorClass, string? reason)
    {
        var outcomes = await SendAsync(Columns, [Items.Json(1, Chile), Items.Json(2, json), Items.Json(3, Chile)]);

        var refused = outcomes[1].ShouldBeOfType<SinkOutcome.Undeliverable>();
        refused.ErrorClass.ShouldBe(errorClass);
        refused.Reason.ShouldBe(reason ?? refused.Reason);
        (await RowsAsync("item_key")).ShouldBe(["pool-1", "pool-3"]);
    }

    [Fact]
    public async Task Pool_3_3_a_row_that_the_database_will_never_take_does_not_hold_up_the_others()
    {
        await ExecuteAsync($"CREATE TABLE {Table} (item_key varchar(50) PRIMARY KEY, number bigint CHECK (number < 10))");

        var outcomes = await SendAsync("columns { number { path = n, type = whole } }", Items.Numbered(4, from: 9));

        outcomes.Select(outcome => outcome is SinkOutcome.Delivered).ShouldBe([true, false, false, false]);
        outcomes[1].ShouldBeOfType<SinkOutcome.Undeliverable>().ErrorClass.ShouldStartWith("sql-");
        (await RowsAsync("item_key")).ShouldBe(["pool-9"]);
    }

    [Fact]
    public async Task Pool_3_6_an_error_that_is_not_listed_is_transient()
    {
        await ExecuteAsync($"CREATE TABLE {Table} (item_key varchar(50) PRIMARY KEY)");

        var outcomes = await SendAsync(Columns, [Items.Json(1, Chile)]);

        outcomes.Single().ShouldBeOfType<SinkOutcome.RetryLater>();
    }

    [Fact]
    public async Task Exporters_7_names_are_quoted_whatever_is_in_them()
    {
        var outcomes = await SendAsync("columns { \"a\\\"; DROP TABLE quakes;--\" { path = n, type = whole } }", Items.Numbered(1));

        outcomes.Single().ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Theory]
    [InlineData("table = \"\"", "table")]
    [InlineData("key-column = \"\"", "key-column")]
    [InlineData("connection = \"\"", "connection")]
    [InlineData("connection = \"No=Such;Thing\"", "connection")]
    [InlineData("columns { item_key { path = a, type = text } }", "columns")]
    public void Settings_that_cannot_work_are_an_error_at_construction(string section, string key) =>
        Should.Throw<SinkSettingsException>(() => Open(section)).Key.ShouldBe(key);

    [Fact]
    public async Task A_table_dropped_meanwhile_is_made_again()
    {
        await using var sink = Open(Columns);
        await sink.SendAsync([Items.Json(1, Chile)], CancellationToken.None).Within();
        await ExecuteAsync($"DROP TABLE {Table}");

        await sink.SendAsync([Items.Json(2, Chile)], CancellationToken.None).Within();
        var outcomes = await sink.SendAsync([Items.Json(2, Chile)], CancellationToken.None).Within();

        outcomes.Single().ShouldBeOfType<SinkOutcome.Delivered>();
        (await RowsAsync("item_key")).ShouldBe(["pool-2"]);
    }

    protected abstract DbConnection Connect();

    protected virtual void Dispose(bool disposing)
    {
    }

    protected ISink Open(string section) => Configured.Sink<SqlSinkSettings>(Type, $"connection = \"{Connection}\", table = {Table}\n{section}").Open(_services);

    [SuppressMessage("Security", "CA2100", Justification = "The tests' own statements.")]
    protected async Task ExecuteAsync(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private async Task<IReadOnlyList<SinkOutcome>> SendAsync(string section, IReadOnlyList<SinkItem> items)
    {
        await using var sink = Open(section);
        return await sink.SendAsync(items, CancellationToken.None).Within();
    }

    private async Task<List<string>> RowsAsync(string columns)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {columns} FROM {Table} ORDER BY item_key";
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => Show(reader.GetValue(i)))));
        }

        return rows;
    }

    private static string Show(object value) => value switch
    {
        DBNull => "",
        bool truth => truth ? "1" : "0",
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
