using Sluice.Tubes.Events;

namespace Sluice.Tubes.Runners;

/// <summary>Those who listen to a runner's events. A listener that throws is left out until the runner starts again.</summary>
internal sealed class EventCallbacks(Action<string> warn)
{
    private readonly Lock _gate = new();
    private Action<TubeEvent>[] _all = [];
    private Action<TubeEvent>[] _listening = [];

    public bool Any => _listening.Length > 0;

    public IDisposable Add(Action<TubeEvent> callback)
    {
        lock (_gate)
        {
            _all = [.. _all, callback];
            _listening = [.. _listening, callback];
        }

        return new Registration(this, callback);
    }

    public void Reset()
    {
        lock (_gate)
        {
            _listening = _all;
        }
    }

    public void Tell(TubeEvent happened)
    {
        foreach (var callback in _listening)
        {
            try
            {
                callback(happened);
            }
            catch (Exception thrown)
            {
                // A listener's fault is its own: the run goes on without it.
                warn($"A callback failed at {happened.NodeId}.{happened.Signal} of epoch {happened.Epoch} and gets no more events of this run: {thrown}");
                lock (_gate)
                {
                    _listening = [.. _listening.Where(listening => listening != callback)];
                }
            }
        }
    }

    private void Remove(Action<TubeEvent> callback)
    {
        lock (_gate)
        {
            _all = [.. _all.Where(listening => listening != callback)];
            _listening = [.. _listening.Where(listening => listening != callback)];
        }
    }

    private sealed class Registration(EventCallbacks callbacks, Action<TubeEvent> callback) : IDisposable
    {
        public void Dispose() => callbacks.Remove(callback);
    }
}
