using Sluice.Tubes.Assets;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners;

/// <summary>Which nodes take part, and the life of nodes and runner-scoped assets from init to deinit.</summary>
internal sealed class TubeLife(Tube tube, RunnerContext context, TubeWatch watch)
{
    private readonly bool[] _enabled = [.. tube.Nodes.Select(node => node.IsEnabled)];

    public IReadOnlyList<bool> Enabled => _enabled;

    public AssetStore Assets { get; } = new(tube, watch);

    public bool Running { get; private set; }

    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        var started = new List<INodeCode>();
        watch.RunStart();
        try
        {
            for (var index = 0; index < _enabled.Length; index++)
            {
                if (_enabled[index])
                {
                    var code = tube.Nodes[index].Code;
                    await code.InitAsync(context, cancellationToken).ConfigureAwait(false);
                    started.Add(code);
                    watch.Registered(index);
                }
            }

            await Assets.InitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // What went wrong at the start is what the caller must hear of, not what goes wrong while clearing up after it.
            _ = await ReleaseAsync(started, CancellationToken.None).ConfigureAwait(false);
            watch.RunEnd(failure);
            throw;
        }

        Running = true;
    }

    /// <summary>Releases everything, whatever fails, and gives the first failure.</summary>
    public async ValueTask<Exception?> StopAsync(CancellationToken cancellationToken)
    {
        if (!Running)
        {
            return null;
        }

        Running = false;
        var failure = await ReleaseAsync(Current(), cancellationToken).ConfigureAwait(false);
        watch.RunEnd(failure);
        return failure;
    }

    /// <summary>Lets a node take part or not; false when it is so already.</summary>
    public async ValueTask<bool> SwitchAsync(int node, bool on, CancellationToken cancellationToken)
    {
        if (_enabled[node] == on)
        {
            return false;
        }

        if (Running)
        {
            var code = tube.Nodes[node].Code;
            var switched = on ? code.InitAsync(context, cancellationToken) : code.DeinitAsync(cancellationToken);
            await switched.ConfigureAwait(false);
        }

        _enabled[node] = on;
        watch.Switched(node, on);
        return true;
    }

    private List<INodeCode> Current() => [.. tube.Nodes.Where((_, index) => _enabled[index]).Select(node => node.Code)];

    private async ValueTask<Exception?> ReleaseAsync(List<INodeCode> nodes, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var node in nodes)
        {
            try
            {
                await node.DeinitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                // The others must be released all the same.
                failures.Add(failure);
            }
        }

        await Assets.DeinitAsync(failures).ConfigureAwait(false);
        return failures.FirstOrDefault();
    }
}
