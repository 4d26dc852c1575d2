using Sluice.Kernel.Actor;
using Sluice.TestKit.Internals;

namespace Sluice.TestKit;

/// <summary>Expecting several messages, or none.</summary>
public abstract class TestSequences : TestExpectations
{
    private protected TestSequences(ActorSystem system, string? testActorName)
        : base(system, testActorName)
    {
    }

    /// <summary>
    /// Expects that nothing comes for a while: the time given, by default the setting <c>expect-no-message-default</c>. What was told to
    /// the test actor by the end of it counts, even if it is still on its way. Zero looks only at that.
    /// </summary>
    public void ExpectNoMsg(TimeSpan? duration = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ExpectNoMsgAsync(duration, cancellationToken));

    /// <summary>Expects that nothing comes for a number of milliseconds.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) =>
        ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <summary>
    /// Proves that these actors, having handled all that the test has told them so far, sent nothing here that was not expected. Waits for
    /// no clock: each is asked to identify itself, and the answer comes behind whatever it sent before.
    /// </summary>
    public void ExpectNoMsgFrom(params IReadOnlyCollection<IActorRef> actors) => Blocking.Wait(ExpectNoMsgFromAsync(actors));

    /// <summary>Expects one of several messages.</summary>
    public T ExpectMsgAnyOf<T>(params IReadOnlyCollection<T> messages) => Blocking.Wait(ExpectMsgAnyOfAsync(messages));

    /// <summary>Expects all of these messages, in any order; gives them in the order in which they came.</summary>
    public IReadOnlyList<T> ExpectMsgAllOf<T>(params IReadOnlyCollection<T> messages) => Blocking.Wait(ExpectMsgAllOfAsync(messages));

    /// <summary>Expects all of these messages within a time, in any order; gives them in the order in which they came.</summary>
    public IReadOnlyList<T> ExpectMsgAllOf<T>(TimeSpan max, params IReadOnlyCollection<T> messages) =>
        Blocking.Wait(ExpectMsgAllOfAsync(max, messages));

    /// <summary>Takes messages until one of a type comes for which the function is true.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(FishForMessageAsync(isMessage, max, hint, cancellationToken));

    /// <summary>Takes messages until one comes for which the function is true.</summary>
    public object FishForMessage(
        Predicate<object> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default) =>
        FishForMessage<object>(isMessage, max, hint, cancellationToken);

    /// <summary>Takes that many messages.</summary>
    public IReadOnlyList<object> ReceiveN(int numberOfMessages, TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        Blocking.Wait(ReceiveNAsync(numberOfMessages, max, cancellationToken));

    /// <summary>Takes messages while the filter makes something of them; the first of which it makes <c>null</c> is left.</summary>
    /// <param name="filter">Makes results from messages.</param>
    /// <param name="max">The time for all of it.</param>
    /// <param name="idle">The time for each message; for ever by default, which means <paramref name="max"/>.</param>
    /// <param name="msgs">The most that are taken.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Func<object, T?> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class => Blocking.Wait(ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken));

    /// <summary>Takes messages of a type while the function is true; the first that is of another type or for which it is false is left.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default) =>
        Blocking.Wait(ReceiveWhileAsync(shouldContinue, max, idle, msgs, cancellationToken));

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan?, CancellationToken)"/>
    public async ValueTask ExpectNoMsgAsync(TimeSpan? duration = null, CancellationToken cancellationToken = default)
    {
        var max = duration is null ? RemainingOr(Dilated(TestKitSettings.ExpectNoMessageDefault)) : RemainingOrDilated(duration);
        if (!HasMessages)
        {
            await PeekOneAsync(max, cancellationToken).ConfigureAwait(false);
        }
        await CarryAsync(new Instruction(), by: null, cancellationToken).ConfigureAwait(false);
        await RefuseWaitingAsync($"within {max}", cancellationToken).ConfigureAwait(false);
        LastWasNoMsg = true;
    }

    /// <inheritdoc cref="ExpectNoMsgFrom"/>
    public async ValueTask ExpectNoMsgFromAsync(IReadOnlyCollection<IActorRef> actors, CancellationToken cancellationToken = default)
    {
        foreach (var actor in actors)
        {
            await CarryAsync(new Instruction(), actor, cancellationToken).ConfigureAwait(false);
        }
        await RefuseWaitingAsync($"from {string.Join(", ", actors)}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Expects one of several messages.</summary>
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectMsgAsync<T>((got, _) => messages.Contains(got), null, $"one of <{string.Join(">, <", messages)}>", cancellationToken);

    /// <summary>Expects all of these messages, in any order; gives them in the order in which they came.</summary>
    public ValueTask<IReadOnlyList<T>> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        ExpectMsgAllOfAsync(RemainingOrDefault, messages, cancellationToken);

    /// <summary>Expects all of these messages within a time, in any order; gives them in the order in which they came.</summary>
    public async ValueTask<IReadOnlyList<T>> ExpectMsgAllOfAsync<T>(
        TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default)
    {
        var got = await ReceiveNAsync(messages.Count, max, cancellationToken).ConfigureAwait(false);
        var missing = new List<T>(messages);
        var others = got.Where(message => message is not T typed || !missing.Remove(typed)).ToList();
        return missing.Count == 0
            ? [.. got.Cast<T>()]
            : throw new ExpectationException(
                $"Expected all of <{string.Join(">, <", messages)}>; not found <{string.Join(">, <", missing)}>, in their place came <{string.Join(">, <", others)}>.");
    }

    /// <summary>Takes messages until one of a type comes for which the function is true.</summary>
    public async ValueTask<T> FishForMessageAsync<T>(
        Predicate<T> isMessage, TimeSpan? max = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var left = Countdown(limit);
        var others = 0;
        while (await TakeAsync(left(), cancellationToken).ConfigureAwait(false) is { } envelope)
        {
            if (envelope.Message is T message && isMessage(message))
            {
                return message;
            }
            others++;
        }
        throw new ExpectationException($"Fished for {hint ?? $"a {typeof(T).Name}"}, which did not come within {limit}; {others} others did.");
    }

    /// <summary>Takes that many messages.</summary>
    public async ValueTask<IReadOnlyList<object>> ReceiveNAsync(
        int numberOfMessages, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        var left = Countdown(limit);
        var got = new List<object>();
        while (got.Count < numberOfMessages)
        {
            got.Add((await TakeAsync(left(), cancellationToken).ConfigureAwait(false))?.Message ?? throw new ExpectationException(
                $"Expected {numberOfMessages} messages, got {got.Count} within {limit}: <{string.Join(">, <", got)}>."));
        }
        return got;
    }

    /// <inheritdoc cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public async ValueTask<IReadOnlyList<T>> ReceiveWhileAsync<T>(
        Func<object, T?> filter,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
        where T : class
    {
        var left = Countdown(RemainingOrDilated(max));
        var results = new List<T>();
        while (results.Count < msgs && await PeekOneAsync(Shorter(left(), idle), cancellationToken).ConfigureAwait(false) is { } message
            && filter(message) is { } result)
        {
            await TakeAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            results.Add(result);
        }
        LastWasNoMsg = true;
        return results;
    }

    /// <inheritdoc cref="ReceiveWhile{T}(Predicate{T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public async ValueTask<IReadOnlyList<T>> ReceiveWhileAsync<T>(
        Predicate<T> shouldContinue,
        TimeSpan? max = null,
        TimeSpan? idle = null,
        int msgs = int.MaxValue,
        CancellationToken cancellationToken = default)
    {
        var taken = await ReceiveWhileAsync(
            message => message is T typed && shouldContinue(typed) ? message : null, max, idle, msgs, cancellationToken).ConfigureAwait(false);
        return [.. taken.Cast<T>()];
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan? idle) =>
        idle is { } limit && (left == Timeout.InfiniteTimeSpan || limit < left) ? limit : left;

    private async ValueTask RefuseWaitingAsync(string where, CancellationToken cancellationToken)
    {
        if (await TakeAsync(TimeSpan.Zero, cancellationToken).ConfigureAwait(false) is { } envelope)
        {
            throw new ExpectationException(
                $"Expected no message {where}, got a {envelope.Message.GetType().Name} <{envelope.Message}> from {envelope.Sender ?? Sys.DeadLetters}.");
        }
    }
}
