using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tests;

/// <summary>An instrument that only keeps what was put, and a way to fire that hook by hand.</summary>
internal sealed class Puts(string name = "", List<string>? log = null) : EventLoopInstrument
{
    public List<object?> Items { get; } = [];

    public override void OnQueuePut(in QueueEvent put)
    {
        Items.Add(put.Item.Value);
        log?.Add($"{name}{put.Item.Value}");
    }

    public static void Fire<T>(EventLoopInstrument? instrument, T item) =>
        instrument?.OnQueuePut(new QueueEvent(new Named("queue"), ItemView.Of(in item), immediate: true));
}
