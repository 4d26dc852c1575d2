using Sluice.Cluster.Remoting;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>
/// Publishes messages to one shard's queue, many in one frame: while a frame waits for its confirmation the next one fills. What is not confirmed is
/// published again until it is, so a message may be there twice, but is not lost.
/// </summary>
internal sealed class ShardOutbox(Cluster cluster, RemotingParts remoting, string queue, SemaphoreSlim room, Action<string, object, IActorRef?, string> lose)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Lock _gate = new();
    private readonly long _id = Random.Shared.NextInt64(1, long.MaxValue);

    // Under the gate.
    private readonly Queue<Batch> _full = new();
    private Batch? _open;
    private Task _publishing = Task.CompletedTask;
    private bool _isPublishing;
    private ulong _frames;

    /// <summary>Adds a message and does not wait; without room it becomes a dead letter.</summary>
    /// <exception cref="MessageRefusedException">The message may not travel, or is too long.</exception>
    public void Tell(string entityId, object message, IActorRef? sender)
    {
        if (room.Wait(0))
        {
            Add(entityId, message, sender, null);
        }
        else
        {
            lose(entityId, message, sender, $"{cluster.Settings.Sharding.BufferSize} messages wait to be confirmed by the broker");
        }
    }

    /// <summary>Adds a message, waits for room and until the broker has it.</summary>
    /// <exception cref="MessageRefusedException">The message may not travel, or is too long.</exception>
    /// <exception cref="TransportException">This member has left; the message may be in the queue all the same.</exception>
    public async Task SendAsync(string entityId, object message, IActorRef? sender, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(entityId, message, sender, confirmed);
        await confirmed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task FlushedAsync()
    {
        lock (_gate)
        {
            return _publishing;
        }
    }

    private void Add(string entityId, object message, IActorRef? sender, TaskCompletionSource? confirmed)
    {
        try
        {
            Write(entityId, message, sender, confirmed);
        }
        catch (MessageRefusedException)
        {
            room.Release();
            throw;
        }
    }

    private void Write(string entityId, object message, IActorRef? sender, TaskCompletionSource? confirmed)
    {
        var encoded = MessageEncoder.Encode(message, remoting.Types, remoting.Refs);
        var bytes = encoded.WrapperBytes.Length + encoded.Body.Length + WireFormat.MostOverhead;
        if (bytes > remoting.Transport.MaxFrameBytes)
        {
            throw new MessageRefusedException(
                $"A message of the type {message.GetType()} for the entity '{entityId}' has {bytes} bytes, where {remoting.Transport.MaxFrameBytes} are possible: "
                + "send it in parts.");
        }
        lock (_gate)
        {
            if (_open is not null && _open.Frame.Length + bytes > remoting.Transport.MaxFrameBytes)
            {
                Seal_NeedsGate();
            }
            _open ??= NewBatch_NeedsGate();
            _open.Frame.Entity(entityId, sender, encoded);
            if (confirmed is not null)
            {
                _open.Confirmed.Add(confirmed);
            }
            if (_open.Frame.Length >= remoting.Limits.FrameBytes || _open.Frame.Records >= remoting.Limits.FrameMessages)
            {
                Seal_NeedsGate();
            }
            if (!_isPublishing)
            {
                _isPublishing = true;
                _publishing = Task.Run(PublishAllAsync);
            }
        }
    }

    private Batch NewBatch_NeedsGate()
    {
        var frame = remoting.NewFrame(FrameKind.Entity, 0);
        frame.Origin(_id, ++_frames);
        return new Batch(frame);
    }

    private void Seal_NeedsGate()
    {
        if (_open is not null)
        {
            _full.Enqueue(_open);
            _open = null;
        }
    }

    private async Task PublishAllAsync()
    {
        while (Next() is { } batch)
        {
            var failure = await PublishAsync(batch).ConfigureAwait(false);
            foreach (var confirmed in batch.Confirmed)
            {
                if (failure is null)
                {
                    confirmed.TrySetResult();
                }
                else
                {
                    confirmed.TrySetException(failure);
                }
            }
            if (failure is not null)
            {
                new FrameDecoder(remoting.Types, remoting.Refs).Decode(batch.Frame.Memory.Span, new LostEntities(lose, failure.Message));
            }
            room.Release(batch.Frame.Records);
            batch.Frame.Dispose();

            // Those who were confirmed have more to send: the next frame is to hold what all of them say, not the first one alone.
            await Task.Yield();
        }
    }

    private async Task<Exception?> PublishAsync(Batch batch)
    {
        while (true)
        {
            try
            {
                await remoting.Transport.PublishAsync(queue, batch.Frame.Memory, CancellationToken.None).ConfigureAwait(false);
                return null;
            }
            catch (TransportException failure) when (cluster.IsLeaving || cluster.Participation?.Parts != remoting)
            {
                return failure;
            }
            catch (TransportException)
            {
                // Expelled: the member joins again, and what it has to say waits for that.
                await Task.Delay(Pause, cluster.System.TimeProvider).ConfigureAwait(false);
            }
        }
    }

    private Batch? Next()
    {
        lock (_gate)
        {
            if (!_full.TryDequeue(out var batch))
            {
                batch = _open;
                _open = null;
            }
            _isPublishing = batch is not null;
            return batch;
        }
    }

    private sealed record Batch(FrameWriter Frame)
    {
        public List<TaskCompletionSource> Confirmed { get; } = [];
    }
}
