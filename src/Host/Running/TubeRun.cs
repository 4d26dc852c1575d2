using Sluice.Actors.Tubes;
using Sluice.Host.Observing;
using Sluice.Host.Output;
using Sluice.Instruments.Sampling;
using Sluice.Kernel.Actor;
using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;

namespace Sluice.Host.Running;

/// <summary>One run of a tube with its pool and its view, from the first epoch to the last word.</summary>
internal sealed class TubeRun
{
    private const int UnacknowledgedValues = 256;
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly RunOptions _options;
    private readonly IRunView _view;
    private readonly Acknowledgements<(string Epoch, object? Value)> _unacknowledged;
    private IReadOnlyList<string> _nodes = [];
    private SamplingWatch? _sampling;
    private long _startedAt;
    private long _epochs;
    private long _events;
    private long _returned;

    public TubeRun(RunOptions options, IRunView view)
    {
        (_options, _view) = (options, view);

        // A value is shown once the journal has it, in the order of epochs: what is printed is safe.
        _unacknowledged = new(UnacknowledgedValues, Show);
    }

    /// <summary>Runs to the end, or until the token fires, which is a clean end too.</summary>
    /// <exception cref="TubeException">The tube cannot be read, bound or run.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var file = _options.Pool is null ? null : PoolFile.Read(_options.Pool);
        await using var here = _options.Cluster is null ? await LoadAsync(null, cancellationToken).ConfigureAwait(false) : null;
        await using var observation = await Observation.StartAsync(_options.Observation, _view.Alarm, cancellationToken).ConfigureAwait(false);
        observation.Enter();
        using var system = _options.Cluster is null ? ActorSystem.Create("sluice") : ActorSystem.Create("sluice", _options.Cluster.Config);
        try
        {
            var placing = _options.Cluster is null ? null : await _options.Cluster.JoinAsync(system, _view.Note, cancellationToken).ConfigureAwait(false);
            await using var spread = here is null ? await LoadAsync(placing, cancellationToken).ConfigureAwait(false) : null;
            await using var pool = file is null ? null : await PoolSession.StartAsync(system, file, _view.Note, cancellationToken).ConfigureAwait(false);
            await RunAsync(system, (here ?? spread)!, pool, observation, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await system.Terminate().ConfigureAwait(false);
        }
    }

    private async Task<Tube> LoadAsync(INodePlacing? placing, CancellationToken cancellationToken)
    {
        var tube = await _options.Tube.LoadAsync(placing, cancellationToken).ConfigureAwait(false);
        foreach (var warning in tube.Warnings)
        {
            _view.Note(warning);
        }

        return tube;
    }

    private async Task RunAsync(ActorSystem system, Tube tube, PoolSession? pool, Observation observation, CancellationToken cancellationToken)
    {
        await using var exporters = await RunExporters.StartAsync(system, tube.Id, _options.Observation.Exporters, _view.Alarm, cancellationToken).ConfigureAwait(false);
        exporters.Enter();
        _startedAt = _time.GetTimestamp();
        var runner = Runner(system, tube);
        await using var leaving = new Leaving(runner, _time);
        using var listening = runner.AddCallback(Happened);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var sampling = _view.WantsNodes ? new SamplingWatch(runner.Watch) : null;
        _sampling = sampling;
        _nodes = [.. tube.Nodes.Select(node => node.Id)];
        var watching = WatchAsync(pool, ended.Token);
        observation.Recorder?.WatchProgress(() => Interlocked.Read(ref _epochs) + Interlocked.Read(ref _events));
        observation.Readiness.Ready();
        var stopped = false;
        try
        {
            await leaving.WhenBackAsync(() => RunEpochsAsync(runner, tube, pool, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            stopped = true;
        }
        finally
        {
            observation.Readiness.NotReady("ending");
            await _unacknowledged.CompleteAsync().ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }

        if (leaving.IsLeftBehind)
        {
            _view.Alarm("A node has not come back since the run was stopped: the program ends without it.");
        }

        await leaving.DisposeAsync().ConfigureAwait(false);
        var elapsed = _time.GetElapsedTime(_startedAt);
        if (pool is not null)
        {
            await pool.SettleAsync(_options.Drain, sinks => _view.Progress(Progress(elapsed, sinks)), cancellationToken).ConfigureAwait(false);
            await pool.DisposeAsync().ConfigureAwait(false);
        }

        var sinks = pool is null ? [] : await pool.ProgressAsync().ConfigureAwait(false);
        _view.Ended(runner.GetContext().Reports, new RunOutcome(Progress(elapsed, sinks), stopped || cancellationToken.IsCancellationRequested, [.. pool?.Outputs ?? []]));
    }

    private TubeRunner Runner(ActorSystem system, Tube tube)
    {
        return _options.Runner switch
        {
            RunnerKind.Sync => new SyncRunner(tube, new RunnerOptions { Warn = _view.Note }),
            RunnerKind.Cluster => AsyncRunner.Start(system, tube, ClusterRunner.Options with { Warn = _view.Note }),
            _ => AsyncRunner.Start(system, tube, new RunnerOptions { Warn = _view.Note }),
        };
    }

    private async Task RunEpochsAsync(TubeRunner runner, Tube tube, PoolSession? pool, CancellationToken cancellationToken)
    {
        try
        {
            var epochs = _options.ProcessInputs is { } inputs ? ProcessAsync(runner, inputs, cancellationToken) : runner.EpochsAsync(_options.Epochs, cancellationToken);
            await foreach (var (epoch, value) in epochs.ConfigureAwait(false))
            {
                Interlocked.Increment(ref _epochs);
                if (value is not null)
                {
                    await _unacknowledged.AddAsync(TakenAsync(tube, pool, epoch.ToString(), value)).ConfigureAwait(false);
                }
            }
        }
        catch (Exception fault) when (runner.LastFailure is { } failure && !cancellationToken.IsCancellationRequested && (fault is not TubeException || fault == failure.Cause))
        {
            throw new NodeFailedException(failure);
        }
    }

    private static async IAsyncEnumerable<EpochResult> ProcessAsync(
        TubeRunner runner,
        IAsyncEnumerable<IReadOnlyDictionary<string, object?>> inputs,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var epoch = 0L;
        await foreach (var call in inputs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            object? value;
            try
            {
                value = await runner.ProcessAsync(call, cancellationToken).ConfigureAwait(false);
            }
            catch (EndOfSourceException)
            {
                yield break;
            }

            yield return new EpochResult(new Epoch(epoch++), value);
        }
    }

    private static async Task<(string Epoch, object? Value)> TakenAsync(Tube tube, PoolSession? pool, string epoch, object value)
    {
        await (pool?.SendAsync(tube.Id, epoch, value) ?? Task.CompletedTask).ConfigureAwait(false);
        return (epoch, value);
    }

    private Task Show((string Epoch, object? Value) returned)
    {
        Interlocked.Increment(ref _returned);
        _view.Returned(returned.Epoch, returned.Value);
        return Task.CompletedTask;
    }

    private void Happened(TubeEvent happened)
    {
        if (!happened.IsMeta && !happened.IsNoEvent)
        {
            Interlocked.Increment(ref _events);
        }

        if (_view.WantsEvents)
        {
            _view.Event(happened);
        }
    }

    private async Task WatchAsync(PoolSession? pool, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(ProgressInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
            {
                var sinks = pool is null ? [] : await pool.ProgressAsync().ConfigureAwait(false);
                _view.Progress(Progress(_time.GetElapsedTime(_startedAt), sinks));
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended: there is nothing left to watch.
        }
    }

    private RunProgress Progress(TimeSpan elapsed, IReadOnlyList<SinkProgress> sinks)
    {
        var progress = new RunProgress(elapsed, Interlocked.Read(ref _epochs), Interlocked.Read(ref _events), Interlocked.Read(ref _returned), sinks);
        if (_sampling is null)
        {
            return progress;
        }

        var samples = _sampling.Latest.GroupBy(sample => sample.Node).ToDictionary(same => same.Key, same => same.First());
        return progress with { Nodes = [.. _nodes.Select(node => (node, samples.GetValueOrDefault(node)))] };
    }
}
