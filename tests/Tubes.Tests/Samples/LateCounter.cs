namespace Sluice.Tubes.Tests.Samples;

/// <summary>Gives, from another thread, how often it was called.</summary>
public sealed class LateCounter
{
    private int _calls;

    public async Task<int> Process(int value)
    {
        _ = value;
        var call = Interlocked.Increment(ref _calls);
        await Task.Yield();
        return call;
    }
}
