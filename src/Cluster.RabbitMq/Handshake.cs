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
    public async Task WaitAsync(int awaited, Task over, CancellationToken cancellationToken)
    {
        while (!over.IsCompleted)
        {
            Task changed;
            lock (_gate)
            {
                if (_answered.Count >= awaited || Refusal is not null || Gone is not null)
                {
                    return;
                }

                changed = _changed.Task;
            }

            await Task.WhenAny(changed, over).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
