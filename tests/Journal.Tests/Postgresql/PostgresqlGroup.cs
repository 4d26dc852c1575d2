namespace Sluice.Journal.Tests.Postgresql;

/// <summary>One server for all who only need its tables.</summary>
[CollectionDefinition(nameof(PostgresqlServer))]
public sealed class PostgresqlGroup : ICollectionFixture<PostgresqlServer>;
