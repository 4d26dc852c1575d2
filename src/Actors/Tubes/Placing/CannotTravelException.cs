namespace Sluice.Actors.Tubes.Placing;

/// <summary>A node gave a value that is an object of its process.</summary>
internal sealed class CannotTravelException(string what) : Exception($"{what} cannot travel")
{
    public string What { get; } = what;
}
