namespace Sluice.Actors.Pools.Retries;

/// <summary>What to do after a failed attempt. The cases are closed.</summary>
internal abstract record RetryDecision
{
    private RetryDecision()
    {
    }

    /// <summary>Try again after a wait.</summary>
    public sealed record TryAgain(TimeSpan Delay) : RetryDecision;

    /// <summary>The attempts or the time allowed are used up.</summary>
    public sealed record GiveUp(string Reason) : RetryDecision;
}
