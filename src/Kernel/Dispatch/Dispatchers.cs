using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>The dispatchers of a system, by the settings' path that describes them.</summary>
public sealed class Dispatchers
{
    private readonly ActorSystem _system;
    private readonly KernelSettings _settings;
    private readonly Dictionary<string, MessageDispatcher> _dispatchers = [];
    private readonly Lock _gate = new();

    internal Dispatchers(ActorSystem system, KernelSettings settings)
    {
        _system = system;
        _settings = settings;
        DefaultGlobalDispatcher = new ThreadPoolDispatcher(_system, KernelSettings.DefaultDispatcher, settings.Throughput);
    }

    /// <summary>Runs the actors that name no other.</summary>
    public MessageDispatcher DefaultGlobalDispatcher { get; }

    /// <summary>The dispatcher described at a path of the settings.</summary>
    /// <exception cref="ConfigurationException">There is nothing at that path.</exception>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        if (string.IsNullOrEmpty(dispatcherName) || dispatcherName == DefaultGlobalDispatcher.Id)
        {
            return DefaultGlobalDispatcher;
        }
        lock (_gate)
        {
            if (!_dispatchers.TryGetValue(dispatcherName, out var dispatcher))
            {
                _dispatchers[dispatcherName] = dispatcher = new ThreadPoolDispatcher(_system, dispatcherName, _settings.ThroughputOf(dispatcherName));
            }
            return dispatcher;
        }
    }
}
