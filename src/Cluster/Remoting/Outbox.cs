using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;

namespace Sluice.Cluster.Remoting;

/// <summary>
/// Gathers records for one member into frames and sends them one after the other. While a frame is on its way the next one fills, so that frames
/// are as large as the load asks for, and a lone message waits for nobody.
/// </summary>
internal sealed class Outbox(ITransport transport, MemberId to, Func<FrameWriter> newFrame, OutboxLimits limits, Action<Exception> failed)
{
    private readonly Lock _gate = new();

    // Under the gate.
    private readonly Queue<FrameWriter> _full = new();
    private FrameWriter? _open;
    private long _waitingBytes;
    private bool _isSending;
    private bool _isClosed;
    private Task _sending = Task.CompletedTask;

    public long Sent { get; private set; }

    /// <summary>Adds a record. The action runs under the outbox's lock.</summary>
    /// <returns>False when the outbox is full or closed; nothing was added.</returns>
    public bool TryAdd<T>(int mostBytes, T argument, Action<FrameWriter, T> write, bool always = false)
    {
        lock (_gate)
        {
            if (_isClosed || (!always && _waitingBytes + (_open?.Length ?? 0) + mostBytes > limits.WaitingBytes))
            {
                return false;
            }
            if (_open is not null && _open.Length + mostBytes > transport.MaxFrameBytes)
            {
                Seal_NeedsGate();
            }
            _open ??= newFrame();
            write(_open, argument);
            Sent++;
            if (_open.Length >= limits.FrameBytes || _open.Records >= limits.FrameMessages)
            {
                Seal_NeedsGate();
            }
            if (!_isSending)
            {
                _isSending = true;
                _sending = Task.Run(SendAllAsync);
            }
            return true;
        }
    }

    /// <summary>Takes nothing more; gives the frames that were not sent yet, which the caller disposes.</summary>
    public IReadOnlyList<FrameWriter> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Seal_NeedsGate();
            FrameWriter[] left = [.. _full];
            _full.Clear();
            _waitingBytes = 0;
            return left;
        }
    }

    /// <summary>Completes when all that was added so far is sent.</summary>
    public Task FlushedAsync()
    {
        lock (_gate)
        {
            return _sending;
        }
    }

    private void Seal_NeedsGate()
    {
        if (_open is not null)
        {
            _waitingBytes += _open.Length;
            _full.Enqueue(_open);
            _open = null;
        }
    }

    private async Task SendAllAsync()
    {
        while (Next() is { } frame)
        {
            try
            {
                await transport.SendAsync(to, frame.Memory, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                failed(failure);
            }
            finally
            {
                frame.Dispose();
            }
        }
    }

    private FrameWriter? Next()
    {
        lock (_gate)
        {
            if (_full.TryDequeue(out var frame))
            {
                _waitingBytes -= frame.Length;
            }
            else
            {
                frame = _open;
                _open = null;
            }
            _isSending = frame is not null;
            return frame;
        }
    }
}
