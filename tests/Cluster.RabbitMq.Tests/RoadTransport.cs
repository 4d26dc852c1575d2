using Sluice.Cluster.Transport;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>A transport and the road that it takes, found by the name of the member that joined on it.</summary>
internal sealed class RoadTransport(RabbitMqTransport transport, TcpProxy road) : ITransport
{
    public string? Member { get; private set; }

    public TcpProxy Road => road;

    public TransportState State => transport.State;

    public int MaxFrameBytes => transport.MaxFrameBytes;

    public Task JoinAsync(MemberInfo self, IMemberReceiver receiver, CancellationToken cancellationToken)
    {
        Member = self.Id.Name;
        return transport.JoinAsync(self, receiver, cancellationToken);
    }

    public Task LeaveAsync(CancellationToken cancellationToken) => transport.LeaveAsync(cancellationToken);

    public ValueTask SendAsync(MemberId to, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => transport.SendAsync(to, frame, cancellationToken);

    public ValueTask BroadcastAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => transport.BroadcastAsync(frame, cancellationToken);

    public ValueTask ExpelAsync(MemberId member, string reason, CancellationToken cancellationToken) => transport.ExpelAsync(member, reason, cancellationToken);

    public ValueTask PublishAsync(string queue, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) => transport.PublishAsync(queue, frame, cancellationToken);

    public Task<IQueueConsumption> ConsumeAsync(string queue, int prefetch, IQueueReceiver receiver, CancellationToken cancellationToken) =>
        transport.ConsumeAsync(queue, prefetch, receiver, cancellationToken);

    public ValueTask DisposeAsync() => transport.DisposeAsync();
}
