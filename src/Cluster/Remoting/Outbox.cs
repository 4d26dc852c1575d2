using System.Diagnostics;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;

namespace Sluice.Cluster.Remoting;

/// <summary>
/// Gathers records for one member into frames and sends them one after the other. While a frame is on its way the next one fills, so that frames
/// are as large as the load asks for. A lone message waits for nobody, not even for another thread: the sender's own hands it over.
/// </summary>
internal sealed class Outbox(ITransport transport, MemberId to, Func<FrameWriter> newFrame, OutboxLimits limits, Action<Exception> failed)
{
    // A sender that comes after such a pause is taken for a lone one; the next ones of a burst find the outbox busy or just used.
    private static readonly TimeSpan Pause = TimeSpan.FromMicroseconds(100);
    private readonly Lock _gate = new();

    // Under the gate.
    private readonly Queue<FrameWriter> _full = new();
    private FrameWriter? _open;
    private long _waitingBytes;
    private bool _isSending;
    private long _lastSent;
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
            if (_isSending)
            {
                return true;
            }
            _isSending = true;
            if (always || Stopwatch.GetElapsedTime(_lastSent) < Pause)
            {
                _sending = Task.Run(SendAllAsync);
                return true;
            }
        }
        var sending = SendLoneAsync();
        lock (_gate)
        {
            _sending = sending;
        }
        return true;
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

    /// <summary>Completes when nothing waits to be sent.</summary>
    public async Task FlushedAsync()
    {
        while (true)
        {
            Task sending;
            lock (_gate)
            {
                if (!_isSending)
                {
                    return;
                }
                sending = _sending;
            }
            await sending.ConfigureAwait(false);

            // The next round of sending may have begun, or be about to be noted.
            await Task.Yield();
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

    private async Task SendLoneAsync()
    {
        if (Next() is { } frame)
        {
            await SendAsync(frame).ConfigureAwait(false);
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await SendAllAsync().ConfigureAwait(false);
        }
    }

    private async Task SendAllAsync()
    {
        while (Next() is { } frame)
        {
            await SendAsync(frame).ConfigureAwait(false);
        }
    }

    private async ValueTask SendAsync(FrameWriter frame)
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
            _lastSent = Stopwatch.GetTimestamp();
            return frame;
        }
    }
}
