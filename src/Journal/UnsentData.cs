namespace Sluice.Journal;

/// <summary>What becomes of the data still owed to a sink that leaves its pool.</summary>
public abstract record UnsentData
{
    private UnsentData()
    {
    }

    /// <summary>It stays in the journal until a sink of the same name is added again.</summary>
    public sealed record Keep : UnsentData;

    /// <summary>It is owed to another sink from now on; what that one was owed anyway is not doubled.</summary>
    /// <param name="Sink">The sink that takes over; it must be in the pool.</param>
    public sealed record HandTo(string Sink) : UnsentData;

    /// <summary>It moves to the dead letters, class <see cref="DeadLetterClass.Config"/>.</summary>
    public sealed record DeadLetter : UnsentData;
}
