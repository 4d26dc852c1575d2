using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Tests.Sharding;

/// <summary>Loses the first confirmation: what was published is there, and its publisher does not know.</summary>
internal sealed class UnsureTransport(ITransport transport) : ITransport
{
    private int _published;

    public TransportState State => transport.State;

    public int MaxFrameBytes => transport.MaxFrameBytes;

    public Task JoinAsync(MemberInfo self, IMemberReceiver receiver, CancellationToken cancellationToken) => transport.JoinAsync(self, receiver, cancellationToken);

    public Task LeaveAsync(CancellationToken cancellationToken) => transport.LeaveAsync(cancellationToken);

    public ValueTask SendAsync(MemberId to, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => transport.SendAsync(to, frame, cancellationToken);

    public ValueTask BroadcastAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => transport.BroadcastAsync(frame, cancellationToken);

    public ValueTask ExpelAsync(MemberId member, string reason, CancellationToken cancellationToken) => transport.ExpelAsync(member, reason, cancellationToken);

    public async ValueTask PublishAsync(string queue, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        await transport.PublishAsync(queue, frame, cancellationToken);
        if (Interlocked.Increment(ref _published) == 1)
        {
            throw new TransportException("the confirmation was lost");
        }
    }

    public Task<IQueueConsumption> ConsumeAsync(string queue, int prefetch, IQueueReceiver receiver, CancellationToken cancellationToken) =>
        transport.ConsumeAsync(queue, prefetch, receiver, cancellationToken);

    public ValueTask DisposeAsync() => transport.DisposeAsync();
}
