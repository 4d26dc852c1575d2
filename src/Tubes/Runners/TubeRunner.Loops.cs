using System.Runtime.CompilerServices;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

// Process calls one after another, between an init and a deinit.
public abstract partial class TubeRunner
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<object?>?> RunAsync(int? epochs = null, CancellationToken cancellationToken = default)
    {
        Tube.Inputs.RequireNothingFromCalls();
        using var visit = Enter();
        IReadOnlyList<object?>? results;
        try
        {
            await StartAsync(cancellationToken).ConfigureAwait(false);
            results = await RunCoreAsync(epochs, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _ = await _life.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        Throw(await _life.StopAsync(CancellationToken.None).ConfigureAwait(false));
        return results;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<object?> IterAsync(int? results = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Tube.Inputs.RequireNothingFromCalls();
        await InitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var given = 0; given < (results ?? int.MaxValue); given++)
            {
                var (ended, result) = await NextAsync(cancellationToken).ConfigureAwait(false);
                if (ended)
                {
                    yield break;
                }

                yield return result;
            }
        }
        finally
        {
            await DeinitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public virtual async IAsyncEnumerable<EpochResult> EpochsAsync(long? epochs = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Tube.Inputs.RequireNothingFromCalls();
        await InitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var epoch = 0L; epoch < (epochs ?? long.MaxValue); epoch++)
            {
                object? value;
                try
                {
                    value = await ProcessAsync(null, cancellationToken).ConfigureAwait(false);
                }
                catch (EndOfSourceException)
                {
                    yield break;
                }

                yield return new EpochResult(new Epoch(epoch), value);
            }
        }
        finally
        {
            await DeinitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Carries out <c>Run</c> while running.</summary>
    protected virtual async ValueTask<IReadOnlyList<object?>?> RunCoreAsync(int? epochs, CancellationToken cancellationToken)
    {
        List<object?>? results = null;
        try
        {
            for (var epoch = 0; epochs is null || epoch < epochs; epoch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var result = await ProcessCoreAsync(ValidateInput(null), cancellationToken).ConfigureAwait(false);
                if (epochs is not null && result is not null)
                {
                    (results ??= []).Add(result);
                }
            }
        }
        catch (EndOfSourceException)
        {
            // The end of a source is the end of a run, not a failure.
        }

        return results;
    }

    private async ValueTask<(bool Ended, object? Result)> NextAsync(CancellationToken cancellationToken)
    {
        var hasReturn = Tube.Nodes.Any(node => node.Kind == NodeKind.Return);
        for (var loop = 0; loop < MaxIterLoops; loop++)
        {
            try
            {
                var result = await ProcessAsync(null, cancellationToken).ConfigureAwait(false);
                if (result is not null || !hasReturn)
                {
                    return (false, result);
                }
            }
            catch (EndOfSourceException)
            {
                return (true, null);
            }
        }

        throw new MaxIterLoopsException(
            $"{MaxIterLoops} process calls of the tube {Tube.Id} gave no result; if that is right, raise MaxIterLoops, else look at what its return node waits for.");
    }
}
