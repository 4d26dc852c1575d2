using Sluice.Exporters.Sinks.Files;
using Sluice.Hocon;
using Sluice.Host.Running;

namespace Sluice.Host.Tests.Running;

public sealed class PoolFileSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice pools ").FullName;

    public static TheoryData<string> Shipped =>
    [
        // The others have no pool, or many: Deployment.ClusterConfSpecs and Observing.ObservationPlanSpecs read them.
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "hocon"), "*.conf").Where(file => Path.GetFileName(file) is not "cluster.conf" and not "observed.conf"),
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "examples"), "pool.conf", SearchOption.AllDirectories),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Every_configuration_that_is_shipped_can_be_read_over_the_defaults_of_the_projects(string file) =>
        PoolFile.Read(file).Exporters.ShouldNotBeEmpty();

    [Fact]
    public void A_file_that_says_little_gets_the_defaults_of_every_project()
    {
        var file = Read("sluice.pool { name = little, exporters { out { type = file, path = out.jsonl } } }");

        file.Pool.Name.ShouldBe("little");
        file.Exporters.Single().Sink.ShouldBeOfType<FileSinkSettings>().Name.ShouldBe("out");
        file.Exporters.Single().Delivery.Ordered.ShouldBeTrue();
        file.Journal.MaxItemBytes.ShouldBe(64L << 20);
    }

    [Fact]
    public void What_is_said_about_delivery_wins_over_the_defaults()
    {
        var file = Read("sluice.pool { name = x, exporters { out { type = null, delivery { ordered = false, retry.initial-interval = 7s } } } }");

        file.Exporters.Single().Delivery.Ordered.ShouldBeFalse();
        file.Exporters.Single().Delivery.Retry.InitialInterval.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Exporters_keep_the_order_in_which_they_are_written()
    {
        var file = Read("sluice.pool { name = x, exporters { z { type = null }, a { type = null }, m { type = null } } }");

        file.Exporters.Select(exporter => exporter.Sink.Name).ShouldBe(["z", "a", "m"]);
    }

    [Theory]
    [InlineData("sluice.pool { name = x }", "exporters")]
    [InlineData("sluice.pol { name = x }", "sluice.pool")]
    [InlineData("sluice.pool { name = x, exporters { a { path = b } } }", "type")]
    [InlineData("sluice.pool { name = x, exporters { a { type = null, delivery { orderd = false } } } }", "ordered")]
    [InlineData("sluice.pool { name = x, journal.kind = sqlight, exporters { a { type = null } } }", "sqlite")]
    public void A_mistake_names_the_place_and_what_is_expected(string text, string expected)
    {
        var mistake = Should.Throw<ConfigException>(() => Read(text));

        mistake.Message.ShouldContain("pool.conf");
        mistake.Message.ShouldContain(expected);
    }

    private PoolFile Read(string text)
    {
        var path = Path.Combine(_folder, "pool.conf");
        File.WriteAllText(path, text);
        return PoolFile.Read(path);
    }
}
