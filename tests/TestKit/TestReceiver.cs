using System.Diagnostics;
using Sluice.Kernel.Actor;
using Sluice.TestKit.Internals;

namespace Sluice.TestKit;

/// <summary>A test actor with its messages, and the time that there is to wait for them. The base of test kits and probes.</summary>
public abstract class TestReceiver
{
    private static long _numbers;

    private readonly Received _received = new();
    private long? _deadline;
    private Envelope? _last;

    private protected TestReceiver(ActorSystem system, string? testActorName)
    {
        Sys = system;
        TestKitSettings = TestKitSettings.From(system.Settings.Config);
        var received = _received;
        TestActor = ((ExtendedActorSystem)system).SystemActorOf(
            Props.Create(() => new TestActor(received)), testActorName ?? $"testActor{Interlocked.Increment(ref _numbers)}");
    }

    /// <summary>The system under test.</summary>
    public ActorSystem Sys { get; }

    /// <summary>The actor whose messages are expected.</summary>
    public IActorRef TestActor { get; }

    /// <summary>The settings.</summary>
    public TestKitSettings TestKitSettings { get; }

    /// <summary>Whether a message waits to be expected.</summary>
    public bool HasMessages => _received.HasMessages;

    /// <summary>What was taken last; <c>null</c> when nothing was.</summary>
    public object? LastMessage => _last?.Message;

    /// <summary>Who sent what was taken last.</summary>
    public IActorRef LastSender => _last?.Sender ?? Sys.DeadLetters;

    /// <summary>What is left of the time of <c>Within</c>.</summary>
    /// <exception cref="InvalidOperationException">Not inside of <c>Within</c>.</exception>
    public TimeSpan Remaining => _deadline is { } deadline
        ? Left(deadline)
        : throw new InvalidOperationException("Remaining is what is left inside of Within: call it there, or use RemainingOrDefault.");

    /// <summary>What is left of the time of <c>Within</c>, outside of it the default of a single expectation.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>Whether the last expectation was that nothing comes, which may use the time of a <c>Within</c> up.</summary>
    private protected bool LastWasNoMsg { get; set; }

    /// <summary>What is left of the time of <c>Within</c>, outside of it the given time.</summary>
    public TimeSpan RemainingOr(TimeSpan duration) => _deadline is { } deadline ? Left(deadline) : duration;

    /// <summary>A time multiplied by the setting <c>timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) => duration * TestKitSettings.TestTimeFactor;

    /// <summary>Leaves messages out for which the function is true; autopilots still see them.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => Instruct((actor, _) => actor.Ignore = shouldIgnoreMessage);

    /// <summary>Leaves messages of a type out, or those of them for which the function is true.</summary>
    public void IgnoreMessages<T>(Func<T, bool>? shouldIgnoreMessage = null) =>
        IgnoreMessages(message => message is T typed && (shouldIgnoreMessage is null || shouldIgnoreMessage(typed)));

    /// <summary>Leaves no messages out any more.</summary>
    public void IgnoreNoMessages() => Instruct((actor, _) => actor.Ignore = null);

    /// <summary>Lets a pilot answer messages.</summary>
    public void SetAutoPilot(AutoPilot pilot) => Instruct((actor, _) => actor.AutoPilot = pilot);

    /// <summary>Asks for the <see cref="Terminated"/> of an actor. The watch is set when this returns.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        Instruct((_, context) => context.Watch(actorToWatch));
        return actorToWatch;
    }

    /// <summary>Asks for a message of one's own at the end of an actor.</summary>
    public IActorRef WatchWith(IActorRef actorToWatch, object message)
    {
        Instruct((_, context) => context.WatchWith(actorToWatch, message));
        return actorToWatch;
    }

    /// <summary>Takes a watch back.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        Instruct((_, context) => context.Unwatch(actorToUnwatch));
        return actorToUnwatch;
    }

    /// <summary>Takes the oldest message; <c>null</c> when none came in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ReceiveOneAsync(max, cancellationToken));

    /// <summary>Takes the oldest message; <c>null</c> when none came in time.</summary>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(RemainingOrDilated(max), cancellationToken).ConfigureAwait(false))?.Message;

    /// <summary>The oldest message, left to be expected; <c>null</c> when none came in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(PeekOneAsync(max, cancellationToken));

    /// <summary>The oldest message, left to be expected; <c>null</c> when none came in time.</summary>
    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await _received.PeekAsync(RemainingOrDilated(max), cancellationToken).ConfigureAwait(false))?.Message;

    private protected TimeSpan RemainingOrDilated(TimeSpan? duration) => duration switch
    {
        null => RemainingOrDefault,
        { } given when given == Timeout.InfiniteTimeSpan => given,
        { } given => RemainingOr(Timeout.InfiniteTimeSpan) is var left && left != Timeout.InfiniteTimeSpan && left < Dilated(given)
            ? left
            : Dilated(given),
    };

    private protected async ValueTask<Envelope?> TakeAsync(TimeSpan max, CancellationToken cancellationToken)
    {
        var taken = await _received.TakeAsync(max, cancellationToken).ConfigureAwait(false);
        _last = taken ?? _last;
        LastWasNoMsg = false;
        return taken;
    }

    /// <summary>When a wait that begins now ends.</summary>
    private protected static Func<TimeSpan> Countdown(TimeSpan max)
    {
        var start = Stopwatch.GetTimestamp();
        return max == Timeout.InfiniteTimeSpan
            ? () => max
            : () => max - Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Sets the end of a <c>Within</c>, which never outlasts the one around it; gives that one back for the time after.</summary>
    private protected long? SetDeadline(TimeSpan max)
    {
        var outer = _deadline;
        var end = Stopwatch.GetTimestamp() + (long)(max.TotalSeconds * Stopwatch.Frequency);
        _deadline = outer < end ? outer : end;
        return outer;
    }

    private protected void RestoreDeadline(long? outer) => _deadline = outer;

    /// <summary>Waits until the test actor has passed a point: what was told to it before is here, or never will be.</summary>
    private protected async ValueTask CarryAsync(Instruction instruction, IActorRef? by, CancellationToken cancellationToken)
    {
        if (by is null)
        {
            TestActor.Tell(instruction, ActorRefs.NoSender);
        }
        else
        {
            by.Tell(new Identify(instruction), TestActor);
        }
        try
        {
            await instruction.Done
                .WaitAsync(Dilated(TestKitSettings.SingleExpectDefault), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ExpectationException(by is null
                ? $"{TestActor} has not reacted within {Dilated(TestKitSettings.SingleExpectDefault)}: was it stopped?"
                : $"{by} has not answered Identify within {Dilated(TestKitSettings.SingleExpectDefault)}: is it stopped, suspended or busy?");
        }
    }

    private static TimeSpan Left(long deadline)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private void Instruct(Action<TestActor, IActorContext> act) =>
        Blocking.Wait(CarryAsync(new Instruction(act), by: null, CancellationToken.None));
}
