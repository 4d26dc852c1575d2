using System.Data.Common;
using Npgsql;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class PostgresSinkSpecs(PostgresServer server) : SqlSinkContract, IClassFixture<PostgresServer>
{
    protected override string Type => "postgres";

    protected override string Table { get; } = "t" + Guid.NewGuid().ToString("N");

    protected override string Connection => server.Connection;

    protected override DbConnection Connect() => new NpgsqlConnection(server.Connection);
}
