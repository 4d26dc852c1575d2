using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Consoles;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class ConsoleSinkSpecs
{
    [Theory]
    [InlineData(ConsoleTarget.Output, "{\"key\":\"pool-1\",\"item\":1}\n{\"key\":\"pool-2\",\"item\":2}\n", "")]
    [InlineData(ConsoleTarget.Error, "", "{\"key\":\"pool-1\",\"item\":1}\n{\"key\":\"pool-2\",\"item\":2}\n")]
    public async Task Exporters_7_items_are_printed_as_lines_where_the_settings_say(ConsoleTarget stream, string onOutput, string onError)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        await using var sink = new ConsoleSinkSettings { Name = "terminal", Stream = stream, Envelope = Envelope.Keyed }
            .Open(new SinkServices { Output = output, Error = error });

        var outcomes = await sink.SendAsync(Items.Of("1", "{torn", "2").Select((item, i) => i == 2 ? item with { Key = "pool-2" } : item).ToList(), CancellationToken.None);

        outcomes.Select(outcome => outcome.GetType().Name).ShouldBe(["Delivered", "Undeliverable", "Delivered"]);
        output.ToString().ShouldBe(onOutput);
        error.ToString().ShouldBe(onError);
    }
}
