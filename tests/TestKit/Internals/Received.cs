using System.Threading.Channels;
using Sluice.Kernel.Actor;

namespace Sluice.TestKit.Internals;

/// <summary>What a test actor got and the test has not taken yet.</summary>
internal sealed class Received
{
    private readonly Channel<Envelope> _envelopes = Channel.CreateUnbounded<Envelope>();

    public bool HasMessages => _envelopes.Reader.TryPeek(out _);

    public void Add(Envelope envelope) => _envelopes.Writer.TryWrite(envelope);

    public bool TryTake(out Envelope envelope) => _envelopes.Reader.TryRead(out envelope);

    /// <summary>The oldest message, left where it is; <c>null</c> when none came in time.</summary>
    public async ValueTask<Envelope?> PeekAsync(TimeSpan max, CancellationToken cancellationToken)
    {
        if (_envelopes.Reader.TryPeek(out var envelope))
        {
            return envelope;
        }
        cancellationToken.ThrowIfCancellationRequested();
        if (max <= TimeSpan.Zero && max != Timeout.InfiniteTimeSpan)
        {
            return null;
        }
        using var limit = new CancellationTokenSource(max, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _envelopes.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over; a message that has come in this moment counts.
        }
        return _envelopes.Reader.TryPeek(out envelope) ? envelope : null;
    }

    /// <summary>The oldest message; <c>null</c> when none came in time.</summary>
    public async ValueTask<Envelope?> TakeAsync(TimeSpan max, CancellationToken cancellationToken) =>
        await PeekAsync(max, cancellationToken).ConfigureAwait(false) is not null && TryTake(out var envelope) ? envelope : null;
}
