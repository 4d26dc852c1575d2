using Sluice.Postgres.Rig;
using Sluice.Rabbit.Rig;

namespace Sluice.Acceptance.Tests.Members;

/// <summary>The broker and the database that members need.</summary>
public sealed class ClusterServers : IAsyncLifetime
{
    public Broker Broker { get; private set; } = null!;

    public PostgresServer Database { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Database = await PostgresServer.StartAsync();
        Broker = await Broker.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Broker.DisposeAsync();
        await Database.DisposeAsync();
    }
}
