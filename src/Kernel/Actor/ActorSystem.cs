using Sluice.Hocon;
using Sluice.Kernel.Dispatch;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>A tree of actors with a name, settings, a clock and an event stream of its own.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable, IAsyncDisposable
{
    private protected ActorSystem()
    {
    }

    /// <summary>The system's name.</summary>
    public abstract string Name { get; }

    /// <summary>The settings.</summary>
    public abstract KernelSettings Settings { get; }

    /// <summary>The event stream.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that nobody can take.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>The scheduler, and the clock.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>The system's own log.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>The dispatchers.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>The kinds of mailboxes.</summary>
    public abstract Mailboxes Mailboxes { get; }

    /// <summary>Completes when the system has ended.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>Makes a system with the defaults.</summary>
    public static ActorSystem Create(string name) => Create(name, BootstrapSetup.Create());

    /// <summary>Makes a system.</summary>
    /// <param name="name">Letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="config">The settings; defaults fill what they leave open.</param>
    public static ActorSystem Create(string name, Config? config) => Create(name, BootstrapSetup.Create().WithConfig(config));

    /// <summary>Makes a system with a clock or scheduler of one's own.</summary>
    /// <exception cref="ArgumentException">The name is no name for a system.</exception>
    /// <exception cref="ConfigurationException">A setting makes no sense.</exception>
    public static ActorSystem Create(string name, BootstrapSetup setup) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? new ActorSystemImpl(name, setup)
            : throw new ArgumentException($"'{name}' is no name for an actor system: use letters, digits, - and _.", nameof(name));

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Stops an actor after the message in hand.</summary>
    public abstract void Stop(IActorRef actor);

    /// <summary>
    /// Stops all actors, children before parents. An actor that does not return in the shutdown timeout is named in the log and
    /// left behind.
    /// </summary>
    /// <returns>Same as <see cref="WhenTerminated"/>.</returns>
    public abstract Task Terminate();

    /// <summary>Calls an action when the system has ended, the last registered first.</summary>
    /// <exception cref="InvalidOperationException">It has ended already.</exception>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>The extension of that maker, made when there is none yet.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>The extension of that type.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public abstract T GetExtension<T>()
        where T : class, IExtension;

    /// <summary>The extension of that type, if there is one.</summary>
    public abstract bool TryGetExtension<T>(out T? extension)
        where T : class, IExtension;

    /// <summary>Whether there is an extension of that type.</summary>
    public bool HasExtension<T>()
        where T : class, IExtension => TryGetExtension<T>(out _);

    /// <summary>Begins the end of the system without waiting for it.</summary>
    public void Dispose()
    {
        _ = Terminate();
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the system.</summary>
    public async ValueTask DisposeAsync()
    {
        await Terminate().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }
}
