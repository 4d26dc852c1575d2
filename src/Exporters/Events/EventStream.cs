using System.Collections.Immutable;

namespace Sluice.Exporters.Events;

/// <summary>
/// A run's event stream: what is published reaches every subscriber, in order, on the publisher's thread. A subscriber that throws loses that one
/// event; neither the publisher nor the other subscribers notice. After the end, nothing is passed on, and who subscribes is told of the end.
/// </summary>
public sealed class EventStream : IObservable<ExporterEvent>
{
    private readonly Lock _gate = new();
    private ImmutableArray<IObserver<ExporterEvent>> _subscribers = [];
    private Action<IObserver<ExporterEvent>>? _end;
    private long _faults;

    /// <summary>How often a subscriber has thrown.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <inheritdoc/>
    public IDisposable Subscribe(IObserver<ExporterEvent> observer)
    {
        Action<IObserver<ExporterEvent>>? end;
        lock (_gate)
        {
            end = _end;
            if (end is null)
            {
                _subscribers = _subscribers.Add(observer);
            }
        }

        if (end is not null)
        {
            Tell(observer, end);
        }

        return new Subscription(this, observer);
    }

    /// <summary>Passes an event to every subscriber.</summary>
    public void Publish(ExporterEvent happened)
    {
        foreach (var subscriber in _subscribers)
        {
            try
            {
                subscriber.OnNext(happened);
            }
            catch (Exception)
            {
                Interlocked.Increment(ref _faults);
            }
        }
    }

    /// <summary>Ends the stream.</summary>
    public void Complete() => End(static subscriber => subscriber.OnCompleted());

    /// <summary>Ends the stream with a fault.</summary>
    public void Fail(Exception fault) => End(subscriber => subscriber.OnError(fault));

    private void End(Action<IObserver<ExporterEvent>> end)
    {
        ImmutableArray<IObserver<ExporterEvent>> told;
        lock (_gate)
        {
            if (_end is not null)
            {
                return;
            }

            _end = end;
            told = _subscribers;
            _subscribers = [];
        }

        foreach (var subscriber in told)
        {
            Tell(subscriber, end);
        }
    }

    private void Tell(IObserver<ExporterEvent> subscriber, Action<IObserver<ExporterEvent>> end)
    {
        try
        {
            end(subscriber);
        }
        catch (Exception)
        {
            Interlocked.Increment(ref _faults);
        }
    }

    private sealed class Subscription(EventStream stream, IObserver<ExporterEvent> observer) : IDisposable
    {
        public void Dispose()
        {
            lock (stream._gate)
            {
                stream._subscribers = stream._subscribers.Remove(observer);
            }
        }
    }
}
