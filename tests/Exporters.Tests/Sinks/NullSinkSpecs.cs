using Sluice.Exporters.Sinks;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class NullSinkSpecs
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Exporters_7_the_null_sink_calls_every_item_delivered(int count)
    {
        await using var sink = new NullSinkSettings { Name = "nowhere" }.Open(new SinkServices());

        var outcomes = await sink.SendAsync(Items.Numbered(count), CancellationToken.None);

        outcomes.Count.ShouldBe(count);
        outcomes.ShouldAllBe(outcome => outcome == SinkOutcome.Delivered.Silently);
    }
}
