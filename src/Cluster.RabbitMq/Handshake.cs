using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq;

/// <summary>The answers to one hello: how many are awaited, who has given theirs, and who has said no.</summary>
internal sealed class Handshake
{
    private readonly Lock _gate = new();
    private readonly HashSet<MemberId> _answered = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The sentence of one who does not let this one in.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The reason that this one is lost for the others.</summary>
    public string? Gone { get; private set; }

    public void Answer(MemberId from, string? refusal = null, string? gone = null)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _answered.Add(from);
            Refusal ??= refusal;
            Gone ??= gone;
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Waits until all have answered, somebody has said no, or the time is over.</summary>
    /// <param name="awaited">How many answers are all.</param>
    /// <param name="over">The end of all patience.</param>
    /// <param name="pause">When to look again how many are awaited.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when only the pause is over.</returns>
    public async Task<bool> WaitAsync(int awaited, Task over, Task pause, CancellationToken cancellationToken)
    {
        while (!over.IsCompleted)
        {
            Task changed;
            lock (_gate)
            {
                if (_answered.Count >= awaited || Refusal is not null || Gone is not null)
                {
                    return true;
                }

                changed = _changed.Task;
            }

            if (pause.IsCompleted)
            {
                return false;
            }

            await Task.WhenAny(changed, over, pause).WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return true;
    }
}
