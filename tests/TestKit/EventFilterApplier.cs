using Sluice.TestKit.Internals;

namespace Sluice.TestKit;

/// <summary>Puts event filters into force: for an action, after which their events are counted, or until unmuted.</summary>
public sealed class EventFilterApplier
{
    private readonly TestKitBase _kit;
    private readonly IReadOnlyList<Predicate<object>> _filters;

    internal EventFilterApplier(TestKitBase kit, IReadOnlyList<Predicate<object>> filters)
    {
        _kit = kit;
        _filters = filters;
    }

    /// <summary>Takes what another filter takes, too.</summary>
    public EventFilterFactory And => new(_kit, _filters);

    /// <summary>Does something and expects exactly one event.</summary>
    public void ExpectOne(Action action) => Expect(1, action);

    /// <summary>Does something and expects exactly one event, within a time.</summary>
    public void ExpectOne(TimeSpan timeout, Action action) => Expect(1, timeout, action);

    /// <summary>Does something and expects that many events. None means: none by the end of the action.</summary>
    public void Expect(int expectedCount, Action action) => Blocking.Wait(ExpectAsync(expectedCount, Completed(action), null));

    /// <summary>Does something and expects that many events, within a time.</summary>
    public void Expect(int expectedCount, TimeSpan timeout, Action action) =>
        Blocking.Wait(ExpectAsync(expectedCount, Completed(action), timeout));

    /// <summary>Does something, expects exactly one event and gives the result.</summary>
    public T ExpectOne<T>(Func<T> func)
    {
        T result = default!;
        ExpectOne(() => { result = func(); });
        return result;
    }

    /// <inheritdoc cref="ExpectOne(Action)"/>
    public ValueTask ExpectOneAsync(Func<Task> actionAsync, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, actionAsync, timeout, cancellationToken);

    /// <inheritdoc cref="ExpectOne(Action)"/>
    public ValueTask ExpectOneAsync(Action action, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, Completed(action), timeout, cancellationToken);

    /// <inheritdoc cref="Expect(int, Action)"/>
    public async ValueTask ExpectAsync(
        int expectedCount, Func<Task> actionAsync, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var limit = _kit.RemainingOr(_kit.Dilated(timeout ?? _kit.TestKitSettings.TestEventFilterLeeway));
        var counter = new EventCounter(_filters);
        var tap = EventTap.Of(_kit.Sys);
        tap.Add(counter);
        try
        {
            await actionAsync().ConfigureAwait(false);
            await counter.WhenReached(expectedCount).WaitAsync(limit, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new ExpectationException($"Expected {expectedCount} events of the filter, got {counter.Total} within {limit}.");
        }
        finally
        {
            tap.Remove(counter);
        }
        if (counter.Total != expectedCount)
        {
            throw new ExpectationException($"Expected {expectedCount} events of the filter, got {counter.Total}.");
        }
    }

    /// <summary>Keeps the events out of the test's output until the result is disposed.</summary>
    public IDisposable Mute()
    {
        var counter = new EventCounter(_filters);
        var tap = EventTap.Of(_kit.Sys);
        tap.Add(counter);
        return new Unmute(() => tap.Remove(counter));
    }

    /// <summary>Keeps the events out of the test's output while something is done.</summary>
    public void Mute(Action action)
    {
        using (Mute())
        {
            action();
        }
    }

    private static Func<Task> Completed(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private sealed class Unmute(Action unmute) : IDisposable
    {
        public void Dispose() => unmute();
    }
}
