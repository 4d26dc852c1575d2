using System.Diagnostics;
using Sluice.Kernel.Actor;
using Sluice.TestKit.Internals;

namespace Sluice.TestKit;

/// <summary>What tests of actors need, apart from any test framework. One test at a time may use it.</summary>
public abstract class TestKitBase : TestSequences, IActorRefFactory
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);
    private static long _probes;

    private protected TestKitBase(ActorSystem system, string? testActorName)
        : base(system, testActorName) => EventFilter = new EventFilterFactory(this, []);

    /// <summary>Expects and mutes log events, dead letters and unhandled messages of the system.</summary>
    public EventFilterFactory EventFilter { get; }

    /// <inheritdoc/>
    public IActorRef ActorOf(Props props, string? name = null) => Sys.ActorOf(props, name);

    /// <summary>Creates an actor.</summary>
    public IActorRef ActorOf<TActor>(string? name = null)
        where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    /// <inheritdoc/>
    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    /// <inheritdoc/>
    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>Creates a probe: a test actor with messages of its own.</summary>
    public TestProbe CreateTestProbe(string? name = null) => new(Sys, $"{name ?? "testProbe"}-{Interlocked.Increment(ref _probes)}");

    /// <summary>Calls an assertion again and again until it does not throw; throws what it threw last when the time is over.</summary>
    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(AwaitAssertAsync(Completed(assertion), duration, interval, cancellationToken));

    /// <summary>Looks at a condition again and again until it is true.</summary>
    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max = null,
        TimeSpan? interval = null,
        string? message = null,
        CancellationToken cancellationToken = default) =>
        Blocking.Wait(AwaitConditionAsync(() => Task.FromResult(conditionIsFulfilled()), max, interval, message, cancellationToken));

    /// <summary>Expects a block to end within a time, which is also the limit of all expectations inside of it.</summary>
    public void Within(TimeSpan max, Action action, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, cancellationToken);

    /// <summary>Expects a block to take at least and at most a time.</summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(WithinAsync(min, max, Completed(action), hint, cancellationToken));

    /// <summary>Expects a block to end within a time and gives its result.</summary>
    public T Within<T>(TimeSpan max, Func<T> function, CancellationToken cancellationToken = default) =>
        Blocking.Wait(WithinAsync(TimeSpan.Zero, max, () => Task.FromResult(function()), null, cancellationToken));

    /// <inheritdoc cref="AwaitAssert"/>
    public ValueTask AwaitAssertAsync(
        Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(Completed(assertion), duration, interval, cancellationToken);

    /// <inheritdoc cref="AwaitAssert"/>
    public async ValueTask AwaitAssertAsync(
        Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var left = Countdown(RemainingOrDilated(duration));
        while (true)
        {
            try
            {
                await assertion().ConfigureAwait(false);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException && left() != TimeSpan.Zero)
            {
                await PauseAsync(interval, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc cref="AwaitCondition"/>
    public ValueTask AwaitConditionAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max = null,
        TimeSpan? interval = null,
        string? message = null,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(() => Task.FromResult(conditionIsFulfilled()), max, interval, message, cancellationToken);

    /// <inheritdoc cref="AwaitCondition"/>
    public async ValueTask AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max = null,
        TimeSpan? interval = null,
        string? message = null,
        CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var left = Countdown(limit);
        while (!await conditionIsFulfilled().ConfigureAwait(false))
        {
            if (left() == TimeSpan.Zero)
            {
                throw new ExpectationException(message ?? $"The condition did not become true within {limit}.");
            }
            await PauseAsync(interval, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, CancellationToken)"/>
    public async ValueTask WithinAsync(TimeSpan max, Func<Task> action, CancellationToken cancellationToken = default) =>
        await WithinAsync(TimeSpan.Zero, max, WithResult(action), null, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, CancellationToken)"/>
    public async ValueTask WithinAsync(
        TimeSpan min, TimeSpan max, Func<Task> action, string? hint = null, CancellationToken cancellationToken = default) =>
        await WithinAsync(min, max, WithResult(action), hint, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="Within{T}(TimeSpan, Func{T}, CancellationToken)"/>
    public async ValueTask<T> WithinAsync<T>(
        TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = Stopwatch.GetTimestamp();
        var limit = RemainingOrDilated(max);
        var outer = SetDeadline(limit);
        T result;
        try
        {
            result = await function().ConfigureAwait(false);
        }
        finally
        {
            RestoreDeadline(outer);
        }
        var took = Stopwatch.GetElapsedTime(start);
        if (took < min || (took > limit && !LastWasNoMsg))
        {
            throw new ExpectationException($"The block took {took}, where it should take from {min} to {limit}. {hint}");
        }
        return result;
    }

    private static Func<Task<bool>> WithResult(Func<Task> action) => async () =>
    {
        await action().ConfigureAwait(false);
        return true;
    };

    private static Func<Task> Completed(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private static Task PauseAsync(TimeSpan? interval, CancellationToken cancellationToken) =>
        Task.Delay(interval ?? PollInterval, TimeProvider.System, cancellationToken);
}
