using System.Text;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Contract;

/// <summary>A consumer that writes down all that it is told: <c>active</c>, <c>inactive</c> and the messages.</summary>
public sealed class TestConsumer : IQueueReceiver
{
    public IQueueConsumption Consumption { get; set; } = null!;

    public Recorder<string> Events { get; } = new();

    public Recorder<(ulong Tag, string Text, bool IsRedelivered)> Messages { get; } = new();

    public long Token { get; private set; }

    public void Activated(long fencingToken)
    {
        Token = fencingToken;
        Events.Add("active");
    }

    public void Delivered(ulong tag, bool isRedelivered, ReadOnlySpan<byte> frame) =>
        Messages.Add((tag, Encoding.UTF8.GetString(frame), isRedelivered));

    public void Deactivated(string reason) => Events.Add("inactive");

    public async Task AckAsync(string text) =>
        await Consumption.AckAsync(Messages.Seen.Last(message => message.Text == text).Tag);

    public Task UntilActiveAsync(int times = 1) =>
        Events.UntilAsync(seen => seen.Count(one => one == "active") >= times, $"{times} activations");
}
