using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Sluice.Actors.Tubes.Flow;
using Sluice.Actors.Tubes.Runs;
using Sluice.Tubes;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;

namespace Sluice.Actors.Tubes;

/// <summary>
/// Runs a tube by actors, one per node below a runner actor: independent nodes at the same time, and several epochs in flight. Returns
/// what a <see cref="SyncRunner"/> returns; stateful nodes see epochs in order, and listeners hear of epochs in order.
/// </summary>
/// <remarks>
/// Quick synchronous nodes are called one after another without leaving the runner's thread; slow ones, and whatever blocks, on threads
/// of their own. No more epochs begin than <see cref="AsyncRunnerOptions.EpochsInFlight"/>, and the next only once the sources have
/// been called in the one before.
/// </remarks>
public sealed class AsyncRunner : TubeRunner, ICourseHost
{
    private Course _course = null!;
    private TubeRun? _current;
    private volatile bool _isStopped;

    private AsyncRunner(ActorSystem system, Tube tube, AsyncRunnerOptions settings)
        : base(tube, settings)
    {
        Settings = settings;
        FollowCurrent();
        Actor = system.ActorOf(Props.Create(() => new RunnerActor(this)), $"tube-{RunnerId}");
        System = system;
    }

    /// <summary>The runner actor; its children are the nodes, by their ids.</summary>
    public IActorRef Actor { get; }

    /// <summary>The number of the next epoch; while a run goes on, of the next that it begins.</summary>
    public long NextEpoch => _course.NextEpoch;

    /// <inheritdoc/>
    bool ICourseHost.WantsEvents => WantsEvents;

    internal AsyncRunnerOptions Settings { get; }

    private ActorSystem System { get; }

    /// <summary>Makes the actors of a tube; nothing is initialised yet. Dispose the runner to stop them.</summary>
    /// <param name="system">Where the actors live.</param>
    /// <param name="tube">The tube.</param>
    /// <param name="options">How it runs; <see cref="AsyncRunnerOptions"/> to say more.</param>
    public static AsyncRunner Start(ActorSystem system, Tube tube, RunnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new AsyncRunner(system, tube, AsyncRunnerOptions.From(options));
    }

    /// <inheritdoc/>
    public override object? CollectReturn(Epoch? epoch = null) =>
        _course.Last is { } last && (epoch is null || epoch == last.Epoch) ? CallBook.TakeResult(last) : null;

    /// <summary>
    /// Runs epochs, several at a time, and gives each with its result, in order. Not more of them run ahead of the caller than
    /// <see cref="AsyncRunnerOptions.EpochsInFlight"/> and <see cref="AsyncRunnerOptions.ResultsAhead"/> together. Ends after <paramref name="epochs"/>, or when a source ends, after all earlier epochs.
    /// Deinitialises at the end, also when the caller stops early.
    /// </summary>
    public override async IAsyncEnumerable<EpochResult> EpochsAsync(long? epochs = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var visit = Enter();
        var inputs = ValidateInput(null);
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            for (var left = _course.HasWork ? epochs ?? long.MaxValue : 0; left > 0;)
            {
                using var run = new EpochStream(_course, inputs, left, Settings.EpochsInFlight + Settings.ResultsAhead, cancellationToken)
                {
                    OnRoom = stream => Actor.Tell(new RoomMade(stream), ActorRefs.NoSender),
                };
                using var cancellation = Send(run);
                try
                {
                    while (await run.NextAsync().ConfigureAwait(false))
                    {
                        foreach (var result in run.Batch)
                        {
                            run.Took();
                            yield return result;
                        }
                    }
                }
                finally
                {
                    await EndAsync(run).ConfigureAwait(false);
                }

                left = await IsSourceOverAsync(run).ConfigureAwait(false) ? 0 : run.Left;
            }
        }
        finally
        {
            if (await StopAsync().ConfigureAwait(false) is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            System.Stop(Actor);
        }
    }

    /// <inheritdoc/>
    void ICourseHost.HandleEvents(IReadOnlyList<TubeEvent> events) => HandleEvents(events);

    /// <inheritdoc/>
    TubeEvent ICourseHost.Renumber(string node, TubeEvent happened) =>
        new(EventIds.Next(), happened.Timestamp, $"{node}/{happened.NodeId}", happened.Signal, happened.Epoch, happened.Value);

    /// <inheritdoc/>
    void ICourseHost.Warn(string warning) => Settings.Warn(warning);

    /// <summary>The runner actor has stopped: by <see cref="DisposeAsync"/>, by somebody else, or with the system.</summary>
    internal void ActorStopped()
    {
        _isStopped = true;
        EndOfActor(Volatile.Read(ref _current));
    }

    /// <inheritdoc/>
    protected override void Follow(TubePlan plan, long firstEpoch) =>
        _course = new Course(this, plan, new CallBook(this, Schedule(plan, firstEpoch)), Settings);

    /// <inheritdoc/>
    protected override async ValueTask<object?> ProcessCoreAsync(object?[] inputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var assets = Running ? null : await StartWithAssetsAsync(cancellationToken).ConfigureAwait(false);
        if (!_course.HasWork)
        {
            return null;
        }

        using var run = new SingleEpoch(_course, inputs, cancellationToken) { FirstAssets = assets };
        await CarryOutAsync(run).ConfigureAwait(false);
        return run.Result;
    }

    /// <inheritdoc/>
    protected override async ValueTask<IReadOnlyList<object?>?> RunCoreAsync(int? epochs, CancellationToken cancellationToken)
    {
        List<object?>? results = epochs is null ? null : [];
        var inputs = ValidateInput(null);
        try
        {
            for (var left = _course.HasWork ? epochs ?? long.MaxValue : 0; left > 0;)
            {
                using var run = new CollectedEpochs(_course, inputs, left, results, cancellationToken);
                await CarryOutAsync(run).ConfigureAwait(false);
                left = run.Left;
            }
        }
        catch (EndOfSourceException)
        {
            // The end of a source is the end of a run, not a failure.
        }

        return results is { Count: > 0 } ? results : null;
    }

    /// <inheritdoc/>
    protected override void PassOn(string node, TubeEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        Actor.Tell(new NestedEvent(node, happened), ActorRefs.NoSender);
    }

    /// <summary>Process-scoped assets come before the nodes' init, so that nothing is initialised when they cannot be made.</summary>
    private async ValueTask<object?[]?> StartWithAssetsAsync(CancellationToken cancellationToken)
    {
        var book = _course.Book;
        var assets = book.HasProcessAssets ? await book.OpenAsync(cancellationToken).ConfigureAwait(false) : null;
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _ = assets is null ? null : await book.CloseAsync(assets).ConfigureAwait(false);
            throw;
        }

        return assets;
    }

    private async ValueTask CarryOutAsync(TubeRun run)
    {
        using (Send(run))
        {
            await FinishAsync(run).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the end of a run, throws what it failed with, and disables what failed in it.</summary>
    private async ValueTask FinishAsync(TubeRun run)
    {
        var end = await run.Ended.ConfigureAwait(false);
        if (end.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        foreach (var node in end.Disabled)
        {
            await DisableFailedAsync(node, _course.NextEpoch).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> IsSourceOverAsync(TubeRun run)
    {
        try
        {
            await FinishAsync(run).ConfigureAwait(false);
            return false;
        }
        catch (EndOfSourceException)
        {
            return true;
        }
    }

    private CancellationTokenRegistration Send(TubeRun run)
    {
        Volatile.Write(ref _current, run);
        Actor.Tell(run, ActorRefs.NoSender);
        if (_isStopped)
        {
            EndOfActor(run);
        }

        return run.CancellationToken.UnsafeRegister(
            static (state, _) =>
            {
                var (runner, run) = ((AsyncRunner, TubeRun))state!;
                runner.Actor.Tell(new CancelRun(run), ActorRefs.NoSender);
            },
            (this, run));
    }

    /// <summary>Ends a run that the caller may not have seen to its end.</summary>
    private async ValueTask EndAsync(TubeRun run)
    {
        if (!run.Ended.IsCompleted)
        {
            run.StopCalls();
            Actor.Tell(new CancelRun(run), ActorRefs.NoSender);
            _ = await run.Ended.ConfigureAwait(false);
        }
    }

    private void EndOfActor(TubeRun? run) => run?.End(new RunEnd(
        new TubeException($"The actor {Actor} of the tube {Tube.Id} has stopped, and the run with it; make a new runner."), []));
}
