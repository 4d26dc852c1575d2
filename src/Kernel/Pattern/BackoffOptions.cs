using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Pattern;

/// <summary>When a child is started again, and after how long; made by <see cref="Backoff"/>.</summary>
public sealed record BackoffOptions
{
    internal BackoffOptions(bool isOnFailure, Props childProps, string childName, BackoffDelay delay, int maxNrOfRetries)
    {
        IsOnFailure = isOnFailure;
        ChildProps = childProps;
        ChildName = childName;
        Delay = delay;
        MaxNrOfRetries = maxNrOfRetries;
        AutoReset = delay.Min;
    }

    internal bool IsOnFailure { get; }

    internal Props ChildProps { get; }

    internal string ChildName { get; }

    internal BackoffDelay Delay { get; }

    internal int MaxNrOfRetries { get; init; }

    internal TimeSpan? AutoReset { get; init; }

    internal SupervisorStrategy Strategy { get; init; } = SupervisorStrategy.DefaultStrategy;

    internal object? ReplyWhileStopped { get; init; }

    internal Func<object, bool>? FinalStopMessage { get; init; }

    /// <summary>The same, with restarts counted from the start again when the child has lived that long. By default that is the least delay.</summary>
    public BackoffOptions WithAutoReset(TimeSpan resetBackoff) => this with { AutoReset = resetBackoff };

    /// <summary>The same, with restarts counted from the start again only when <see cref="BackoffSupervisor.Reset"/> says so.</summary>
    public BackoffOptions WithManualReset() => this with { AutoReset = null };

    /// <summary>The same with another answer to the child's failures: what its decider restarts is restarted after the delay.</summary>
    public BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) => this with { Strategy = supervisorStrategy };

    /// <summary>The same, with a child that is stopped when it fails.</summary>
    public BackoffOptions WithDefaultStoppingStrategy() => this with { Strategy = SupervisorStrategy.StoppingStrategy };

    /// <summary>The same with a number of restarts after which the supervisor stops; -1 for no limit.</summary>
    public BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => this with { MaxNrOfRetries = maxNrOfRetries };

    /// <summary>The same with an answer to messages that come while there is no child; otherwise they are dead letters.</summary>
    public BackoffOptions WithReplyWhileStopped(object replyWhileStopped) => this with { ReplyWhileStopped = replyWhileStopped };

    /// <summary>The same with messages after which the end of the child is the end of the supervisor.</summary>
    public BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) => this with { FinalStopMessage = isFinalStopMessage };
}
