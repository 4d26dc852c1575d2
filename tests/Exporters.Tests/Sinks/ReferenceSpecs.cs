using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Files;
using Sluice.Exporters.Sinks.Http;
using Sluice.Hocon;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class ReferenceSpecs
{
    public static TheoryData<string> Types => [.. SinkTypes.All.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Types))]
    public void The_reference_has_every_key_of_every_sink_and_no_other(string type)
    {
        var settings = Bind($$"""{ type = "{{type}}", name = mine }""", type);

        settings.ShouldBeOfType(SinkTypes.All[type]);
        settings.Name.ShouldBe("mine");
    }

    [Fact]
    public void Sizes_lists_and_headers_are_read_as_they_are_written()
    {
        var file = Bind("{ type = file, name = archive, roll-size = 2 KiB, envelope = keyed }", "file").ShouldBeOfType<FileSinkSettings>();
        var http = Bind("{ type = http, name = web, headers { X-A = b }, permanent-status = [404, \"500-599\"] }", "http").ShouldBeOfType<HttpSinkSettings>();

        file.RollSize.ShouldBe(2048);
        file.Envelope.ShouldBe(Envelope.Keyed);
        http.Headers["X-A"].ShouldBe("b");
        http.PermanentStatus.ShouldBe(["404", "500-599"]);
    }

    private static SinkSettings Bind(string section, string type) =>
        ConfigurationFactory.ParseString(section)
            .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig($"sluice.sinks.{type}"))
            .Bind<SinkSettings>();
}
