using Sluice.Cluster.RabbitMq;
using Sluice.Cluster.Settings;
using Sluice.Hocon;
using Sluice.Host.Running;

namespace Sluice.Host.Tests.Deployment;

/// <summary>The configuration that a member runs with is complete.</summary>
public sealed class ClusterConfSpecs
{
    [Fact]
    public void Every_key_of_it_is_one_that_a_member_reads()
    {
        var config = ConfigurationFactory.ParseFile(Path.Combine(Checkout.Root, "hocon", "cluster.conf"));

        ClusterSettings.From(config).Name.ShouldBe("sluice");
        var transport = RabbitMqTransportSettings.From(config);
        transport.Connection.VirtualHost.ShouldBe("sluice");
        var pools = config.GetConfig("sluice.pools");
        foreach (var name in pools.Root.Fields.Keys)
        {
            var pool = PoolFile.From(name, pools.GetConfig(name).Without("role").WithFallback(ConfigurationFactory.FromObject(new { name })));
            pool.Journal.ConnectionString.ShouldNotContain("Password");
        }
    }
}
