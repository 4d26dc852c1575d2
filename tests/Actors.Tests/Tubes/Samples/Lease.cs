namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>An asset that counts how many of it live, under its gate's name.</summary>
public sealed class Lease : IAsyncDisposable
{
    private readonly string _gate;

    public Lease(string gate)
    {
        _gate = gate;
        Gate.Of(gate + "/made").Arrive();
    }

    public bool IsReleased { get; private set; }

    public ValueTask DisposeAsync()
    {
        IsReleased = true;
        Gate.Of(_gate + "/released").Arrive();
        return ValueTask.CompletedTask;
    }

    public static int Use(int value, Lease lease) => lease.IsReleased ? throw new InvalidOperationException("released too early") : value;
}
