namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>A node with a state: everything that came so far. Fails when two calls overlap.</summary>
public sealed class Recorder
{
    private readonly List<int> _seen = [];
    private int _calls;

    public string Process(int value)
    {
        Interlocked.Increment(ref _calls).ShouldBe(1, "a stateful node was called twice at the same time");
        _seen.Add(value);
        var text = string.Join(",", _seen);
        Interlocked.Decrement(ref _calls);
        return text;
    }
}
