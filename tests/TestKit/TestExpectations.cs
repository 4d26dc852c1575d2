using Sluice.Kernel.Actor;
using Sluice.TestKit.Internals;

namespace Sluice.TestKit;

/// <summary>
/// Expecting single messages. Every expectation takes the oldest message and fails with an <see cref="ExpectationException"/> when it
/// is another or none came in time; the message stays taken.
/// </summary>
public abstract class TestExpectations : TestReceiver
{
    private protected TestExpectations(ActorSystem system, string? testActorName)
        : base(system, testActorName)
    {
    }

    /// <summary>Expects a message of a type.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectMsgAsync<T>(duration, hint, cancellationToken));

    /// <summary>Expects a message that equals another.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectMsgAsync(message, timeout, hint, cancellationToken));

    /// <summary>Expects a message of a type for which the function is true.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectMsgAsync(isMessage, timeout, hint, cancellationToken));

    /// <summary>Expects a message of a type and hands it to an assertion.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectMsgAsync(assert, timeout, hint, cancellationToken));

    /// <summary>Expects a message of a type and hands it to an assertion, with its sender.</summary>
    public T ExpectMsg<T>(
        Action<T, IActorRef> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectMsgAsync(assert, timeout, hint, cancellationToken));

    /// <summary>Expects a message of a type for which the function is true, given its sender.</summary>
    public T ExpectMsg<T>(
        Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectMsgAsync(isMessageAndSender, timeout, hint, cancellationToken));

    /// <summary>Expects a message of a type from a sender.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<T>((_, from) => from.Equals(sender), duration, hint ?? $"from {sender}", cancellationToken);

    /// <summary>Expects a message that equals another, from a sender.</summary>
    public T ExpectMsgFrom<T>(
        IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsg<T>(
            (got, from) => from.Equals(sender) && Equals(got, message), timeout, hint ?? $"<{message}> from {sender}", cancellationToken);

    /// <summary>Expects the end of a watched actor.</summary>
    public Terminated ExpectTerminated(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectTerminatedAsync(target, timeout, hint, cancellationToken));

    /// <summary>Expects a message of a type.</summary>
    public async ValueTask<T> ExpectMsgAsync<T>(
        TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        (await NextAsync<T>(duration, hint ?? $"a {typeof(T).Name}", cancellationToken).ConfigureAwait(false)).Message;

    /// <summary>Expects a message that equals another.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<T>((got, _) => Equals(got, message), timeout, hint ?? $"<{message}>", cancellationToken);

    /// <summary>Expects a message of a type for which the function is true.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<T>((got, _) => isMessage(got), timeout, hint, cancellationToken);

    /// <summary>Expects a message of a type and hands it to an assertion.</summary>
    public ValueTask<T> ExpectMsgAsync<T>(
        Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<T>((got, _) => assert(got), timeout, hint, cancellationToken);

    /// <summary>Expects a message of a type and hands it to an assertion, with its sender.</summary>
    public async ValueTask<T> ExpectMsgAsync<T>(
        Action<T, IActorRef> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        var (message, sender) = await NextAsync<T>(timeout, hint ?? $"a {typeof(T).Name}", cancellationToken).ConfigureAwait(false);
        assert(message, sender);
        return message;
    }

    /// <summary>Expects a message of a type for which the function is true, given its sender.</summary>
    public async ValueTask<T> ExpectMsgAsync<T>(
        Func<T, IActorRef, bool> isMessageAndSender,
        TimeSpan? timeout = null,
        string? hint = null,
        CancellationToken cancellationToken = default)
    {
        var expected = hint ?? $"a {typeof(T).Name} that the function accepts";
        var (message, sender) = await NextAsync<T>(timeout, expected, cancellationToken).ConfigureAwait(false);
        return isMessageAndSender(message, sender)
            ? message
            : throw new ExpectationException($"Expected {expected}, got <{message}> from {sender}.");
    }

    /// <summary>Expects the end of a watched actor.</summary>
    public async ValueTask<Terminated> ExpectTerminatedAsync(
        IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        await ExpectMsgAsync<Terminated>(
            (terminated, _) => terminated.ActorRef.Equals(target), timeout, hint ?? $"the end of {target}", cancellationToken).ConfigureAwait(false);

    private async ValueTask<(T Message, IActorRef Sender)> NextAsync<T>(TimeSpan? duration, string expected, CancellationToken cancellationToken)
    {
        var max = RemainingOrDilated(duration);
        var envelope = await TakeAsync(max, cancellationToken).ConfigureAwait(false)
            ?? throw new ExpectationException($"Expected {expected}, got nothing within {max}.");
        var sender = envelope.Sender ?? Sys.DeadLetters;
        return envelope.Message is T message
            ? (message, sender)
            : throw new ExpectationException($"Expected {expected}, got a {envelope.Message.GetType().Name} <{envelope.Message}> from {sender}.");
    }
}
