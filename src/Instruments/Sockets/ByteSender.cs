using Sluice.Instruments.Events;

namespace Sluice.Instruments.Sockets;

/// <summary>The sending half of an <see cref="ObservedStream"/>.</summary>
internal sealed class ByteSender(
    Stream inner, NonBlockingSocket? socket, IInstrumented identity, CompositeInstrument watchers, TimeProvider clock)
{
    public void Send(ReadOnlySpan<byte> data)
    {
        if (socket is null)
        {
            inner.Write(data);
            HasSent(data, data.Length);
            return;
        }

        for (var rest = data; !rest.IsEmpty;)
        {
            var count = socket.SendAtOnce(rest);
            if (count == 0)
            {
                var startedAt = HasToWait();
                socket.WaitToSend();
                HasWaited(startedAt);
                continue;
            }

            HasSent(rest, count);
            rest = rest[count..];
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (socket is null)
        {
            return WriteAsync(data, cancellationToken);
        }

        try
        {
            var count = data.IsEmpty ? 0 : socket.SendAtOnce(data.Span);
            if (count > 0)
            {
                HasSent(data.Span, count);
            }

            return count == data.Length ? ValueTask.CompletedTask : SendRestAsync(socket, data[count..], cancellationToken);
        }
        catch (Exception fault)
        {
            return ValueTask.FromException(fault);
        }
    }

    private async ValueTask SendRestAsync(NonBlockingSocket to, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        while (!rest.IsEmpty)
        {
            var startedAt = HasToWait();
            var count = await to.SendAsync(rest, cancellationToken).ConfigureAwait(false);
            HasWaited(startedAt);
            HasSent(rest.Span, count);
            rest = rest[count..];
        }
    }

    private async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var writing = inner.WriteAsync(data, cancellationToken);
        if (writing.IsCompleted)
        {
            await writing.ConfigureAwait(false);
        }
        else
        {
            var startedAt = HasToWait();
            await writing.ConfigureAwait(false);
            HasWaited(startedAt);
        }

        HasSent(data.Span, data.Length);
    }

    private DateTimeOffset HasToWait()
    {
        var startedAt = clock.GetUtcNow();
        watchers.OnSocketSendStart(new SocketWait(identity, startedAt, TimeSpan.Zero));
        return startedAt;
    }

    private void HasWaited(DateTimeOffset startedAt) =>
        watchers.OnSocketSendReady(new SocketWait(identity, startedAt, clock.GetUtcNow() - startedAt));

    private void HasSent(ReadOnlySpan<byte> data, int count) => watchers.OnSocketSendData(new SocketBytes(identity, data, count));
}
