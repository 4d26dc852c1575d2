using Sluice.Actors.Pools.Routing;
using Sluice.Journal;
using Sluice.Messages.Pools;
using UnsentData = Sluice.Messages.Pools.UnsentData;

namespace Sluice.Actors.Pools;

/// <summary>
/// An exporter pool as a program uses it: sends go to all sinks, each at its own pace, and what a sink misses waits in the journal. Everything here is a
/// message to <see cref="Actor"/>, which any other actor can send as well. All members may be called from any thread at once.
/// </summary>
public sealed class ExporterPool : IAsyncDisposable
{
    private static readonly TimeSpan GoneWithin = TimeSpan.FromSeconds(10);
    private const int MostNames = 100;
    private readonly ExporterPoolSettings _settings;
    private readonly Lock _gate = new();
    private Task<Drained>? _drained;

    private ExporterPool(ExporterPoolSettings settings, IActorRef actor)
    {
        _settings = settings;
        Actor = actor;
    }

    /// <summary>The pool's actor: it understands the messages of <c>Sluice.Messages.Pools</c> and answers each to its sender.</summary>
    public IActorRef Actor { get; }

    /// <summary>The pool's name.</summary>
    public string Name => _settings.Name;

    /// <summary>Starts a pool. What the journal still owes to the sinks is sent by itself, unless the pool re-exports by hand.</summary>
    /// <param name="system">The actor system that runs it.</param>
    /// <param name="settings">How the pool works.</param>
    /// <param name="journal">Where unsent data is kept; opened under the pool's name. The pool owns it from now on and closes it when it stops.</param>
    /// <param name="exporters">The sinks in their order, each with how to send to it. The pool owns the sinks from now on and disposes them.</param>
    /// <param name="parts">What else it may need; null for nothing.</param>
    /// <exception cref="InvalidConfigException">A setting is out of range, or two sinks have one name. Nothing was started; journal and sinks are still the caller's.</exception>
    public static ExporterPool Start(
        ActorSystem system,
        ExporterPoolSettings settings,
        IJournal journal,
        IReadOnlyList<PoolExporter> exporters,
        PoolParts? parts = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(exporters);
        Validate(settings, journal, exporters);
        var setup = new PoolSetup(settings, parts ?? new PoolParts(), journal, exporters);
        return new(settings, StartActor(system, Props.Create(() => new PoolActor(setup)), "pool-" + Uri.EscapeDataString(settings.Name)));
    }

    /// <summary>A pool of the name that has just stopped may still hold the actor's name for a moment; the journal's lock tells pools apart, not that name.</summary>
    private static IActorRef StartActor(ActorSystem system, Props props, string name)
    {
        for (var again = 1; ; again++)
        {
            try
            {
                return system.ActorOf(props, again == 1 ? name : $"{name}~{again}");
            }
            catch (InvalidActorNameException) when (again < MostNames)
            {
                continue;
            }
        }
    }

    /// <summary>Sends one item to all sinks.</summary>
    /// <param name="data">Any value that becomes one JSON value, or a <see cref="PoolItem"/>.</param>
    /// <param name="arguments">What goes to every sink beside the data.</param>
    /// <param name="cancellationToken">Stops waiting; the item may have been taken all the same.</param>
    /// <returns>The key if results are not waited for, else the results too.</returns>
    /// <exception cref="ItemRefusedException">The data is null, a list or a set; nothing was sent.</exception>
    /// <exception cref="SendRefusedException">The pool did not take the item: nothing is saved, nothing will be delivered.</exception>
    public async Task<SendAnswer> SendAsync(
        object? data, IReadOnlyDictionary<string, string>? arguments = null, CancellationToken cancellationToken = default)
    {
        var answer = await Ask<SendAnswer>(new Send(PoolItem.Of(data, arguments)), cancellationToken).ConfigureAwait(false);
        return answer is SendAnswer.Refused refused ? throw new SendRefusedException(refused) : answer;
    }

    /// <summary>Sends several items in this order; they are saved by one commit.</summary>
    /// <returns>One answer per item; a refused one is among them as <see cref="SendAnswer.Refused"/>.</returns>
    /// <exception cref="ItemRefusedException">One of the values is null, a list or a set; nothing was sent.</exception>
    public async Task<IReadOnlyList<SendAnswer>> SendManyAsync(IEnumerable<object?> data, CancellationToken cancellationToken = default)
    {
        var many = new SendMany([.. data.Select(one => PoolItem.Of(one))]);
        return (await Ask<SendManyAnswer>(many, cancellationToken).ConfigureAwait(false)).Answers;
    }

    /// <summary>Saves an item for one exporter as if it had failed there.</summary>
    /// <exception cref="SendRefusedException">The pool did not save it.</exception>
    public async Task<SendAnswer> SaveUnsentDataAsync(PoolItem item, string exporter, CancellationToken cancellationToken = default)
    {
        var answer = await Ask<SendAnswer>(new SaveUnsentData(item, exporter), cancellationToken).ConfigureAwait(false);
        return answer is SendAnswer.Refused refused ? throw new SendRefusedException(refused) : answer;
    }

    /// <summary>Tries everything saved now, oldest first per exporter, and returns when each item that can be tried has been.</summary>
    public async Task<IReadOnlyList<UnsentDataResult>> SendUnsentDataAsync(string? exporter = null, CancellationToken cancellationToken = default) =>
        (await Ask<UnsentDataSent>(new SendUnsentData(exporter), cancellationToken).ConfigureAwait(false)).Exporters;

    /// <summary>Whether anything is owed to any exporter.</summary>
    public async Task<bool> HasUnsentDataAsync(CancellationToken cancellationToken = default) =>
        (await Ask<UnsentData>(new HasUnsentData(), cancellationToken).ConfigureAwait(false)).Any;

    /// <summary>How the pool and each of its exporters are.</summary>
    public Task<PoolStatus> GetStatusAsync(CancellationToken cancellationToken = default) => Ask<PoolStatus>(new GetStatus(), cancellationToken);

    /// <summary>Adds a sink to the running pool; the pool owns it once this has returned.</summary>
    /// <exception cref="PoolChangeRefusedException">The name is taken, a setting is out of range, or the journal failed; the sink is still the caller's.</exception>
    public Task AddExporterAsync(PoolExporter exporter, CancellationToken cancellationToken = default) =>
        ChangeAsync(new AddMadeExporter(exporter), cancellationToken);

    /// <summary>Takes a sink out of the running pool and disposes it.</summary>
    /// <param name="name">The sink's name.</param>
    /// <param name="fate">What becomes of what it is owed.</param>
    /// <param name="heir">Who gets it, with <see cref="UnsentDataFate.SendToAnother"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the change is made all the same.</param>
    /// <returns>How many items it was owed.</returns>
    /// <exception cref="PoolChangeRefusedException">There is no such exporter or heir, or the journal failed.</exception>
    public Task<long> RemoveExporterAsync(string name, UnsentDataFate fate, string? heir = null, CancellationToken cancellationToken = default) =>
        ChangeAsync(new RemoveExporter(name, fate, heir), cancellationToken);

    /// <summary>Keeps unsent data in memory or on disk from now on, and moves over what is there.</summary>
    /// <returns>How many items were moved.</returns>
    /// <exception cref="PoolChangeRefusedException">The pool knows only one journal, or one of them failed; it goes on with the old one.</exception>
    public Task<long> SetUseMemoryAsync(bool useMemory, CancellationToken cancellationToken = default) =>
        ChangeAsync(new SetUseMemory(useMemory), cancellationToken);

    /// <summary>Owes dead letters to their exporters again, under their old keys; each stays among the dead letters until it is delivered.</summary>
    /// <returns>How many are on their way now.</returns>
    /// <exception cref="PoolChangeRefusedException">The pool is stopping, or the journal failed.</exception>
    public Task<long> RedriveAsync(IReadOnlyList<long> deadLetters, CancellationToken cancellationToken = default) =>
        ChangeAsync(new RedriveDeadLetters(deadLetters), cancellationToken);

    /// <summary>Deletes dead letters and counts them as dropped under <paramref name="reason"/>.</summary>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="PoolChangeRefusedException">The pool is stopping, or the journal failed.</exception>
    public Task<long> DropDeadLettersAsync(IReadOnlyList<long> deadLetters, string reason, CancellationToken cancellationToken = default) =>
        ChangeAsync(new DropDeadLetters(deadLetters, reason), cancellationToken);

    /// <summary>
    /// Takes nothing more, waits until everything owed is sent but no longer than <paramref name="timeout"/>, then stops and closes journal and sinks.
    /// What is left stays in the journal. A second call gets the first one's result; it can only shorten the time.
    /// </summary>
    /// <exception cref="InvalidOperationException">The pool has been stopped by a message; whoever sent that has the numbers.</exception>
    public Task<Drained> DrainAsync(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_drained is not null)
            {
                Actor.Tell(new Drain(timeout));
            }

            return _drained ??= StopAsync(timeout);
        }
    }

    /// <summary>Drains for as long as <c>drain-timeout</c> says, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await DrainAsync(_settings.DrainTimeout).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // Stopped by a message is stopped.
        }
    }

    private async Task<Drained> StopAsync(TimeSpan timeout)
    {
        using var asking = new CancellationTokenSource();
        var answer = Actor.Ask<Drained>(new Drain(timeout), Timeout.InfiniteTimeSpan, asking.Token);
        await Task.WhenAny(answer, Actor.WatchAsync()).ConfigureAwait(false);
        if (!answer.IsCompleted)
        {
            await asking.CancelAsync().ConfigureAwait(false);
            throw new InvalidOperationException($"The pool '{_settings.Name}' has been stopped by a message: whoever sent that has been told what is left.");
        }

        await Actor.GracefulStop(GoneWithin).ConfigureAwait(false);
        return await answer.ConfigureAwait(false);
    }

    private async Task<long> ChangeAsync(object message, CancellationToken cancellationToken) =>
        await Ask<object>(message, cancellationToken).ConfigureAwait(false) switch
        {
            PoolChanged changed => changed.Items,
            PoolChangeRefused refused => throw new PoolChangeRefusedException(refused.Message),
            var other => throw new InvalidOperationException($"The pool answered {other}."),
        };

    private Task<T> Ask<T>(object message, CancellationToken cancellationToken) =>
        Actor.Ask<T>(message, Timeout.InfiniteTimeSpan, cancellationToken);

    private static void Validate(ExporterPoolSettings settings, IJournal journal, IReadOnlyList<PoolExporter> exporters)
    {
        settings.Validate(exporters.Count(exporter => !exporter.Settings.Shadow));
        if (journal.Pool != settings.Name)
        {
            throw new InvalidConfigException($"The journal is that of pool '{journal.Pool}', not of '{settings.Name}': open it under the pool's name.");
        }

        foreach (var exporter in exporters)
        {
            exporter.Settings.Validate($"pool '{settings.Name}', exporter '{exporter.Sink.Name}'");
        }

        if (exporters.GroupBy(exporter => exporter.Sink.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidConfigException($"Pool '{settings.Name}' has two exporters '{twice.Key}': give each a name of its own.");
        }
    }
}
