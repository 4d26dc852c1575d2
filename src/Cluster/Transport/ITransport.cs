namespace Sluice.Cluster.Transport;

/// <summary>
/// How members of a cluster reach each other: through a broker that all of them are connected to. The broker is the arbiter: who it says is lost
/// is lost for everybody, so that two halves of a cluster never both go on. What every implementation must do is tested by
/// <c>tests/Cluster.Contract</c>. All members may be called from any thread.
/// </summary>
/// <remarks>
/// A connection that breaks is got back by the transport itself. A member that is back within a grace (below a second) is the same member as before,
/// and nobody is told. While the transport has no connection it calls nobody else lost.
/// </remarks>
public interface ITransport : IAsyncDisposable
{
    /// <summary>How it stands to its broker.</summary>
    TransportState State { get; }

    /// <summary>The longest frame in bytes that it takes; at least 64 KiB.</summary>
    int MaxFrameBytes { get; }

    /// <summary>Connects, announces a member and begins to receive. After a leave or an expulsion it may be called again.</summary>
    /// <param name="self">The member; the transport keeps its name for it alone.</param>
    /// <param name="receiver">Told of members and frames from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="JoinRefusedException">
    /// The name belongs to a living member (one that is being lost is waited for), or a member refuses this one. Nothing is left behind.
    /// </exception>
    /// <exception cref="TransportException">The broker cannot be reached or does not let this program in.</exception>
    Task JoinAsync(MemberInfo self, IMemberReceiver receiver, CancellationToken cancellationToken);

    /// <summary>Says goodbye: what was sent before is delivered, consumptions are released, the others see <see cref="IMemberReceiver.MemberLeft"/>.</summary>
    Task LeaveAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Sends a frame to one member, at most once, in the order of the calls: the next call may be made when this one has completed. Completes when the
    /// transport has taken the frame; waits while blocked or disconnected. A frame to a member or incarnation that is not there is dropped.
    /// </summary>
    /// <exception cref="ArgumentException">The frame is longer than <see cref="MaxFrameBytes"/>.</exception>
    /// <exception cref="TransportException">This member has left or was expelled.</exception>
    ValueTask SendAsync(MemberId to, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);

    /// <summary>Sends a frame to all other members and observers, at most once. Otherwise as <see cref="SendAsync"/>; order against it is not kept.</summary>
    ValueTask BroadcastAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a member lost for everybody although the broker still holds a connection to it: a process that hangs. All others see
    /// <see cref="IMemberReceiver.MemberLost"/>, it sees <see cref="IMemberReceiver.Expelled"/> when it comes to.
    /// </summary>
    ValueTask ExpelAsync(MemberId member, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a frame into a durable queue, which is made when it is not there. Completes when the broker has it for good; messages of one caller who
    /// waits for each keep their order. Any number may be under way at once; a bound of the transport's own makes more of them wait.
    /// Waits while blocked or disconnected; after a lost connection the frame is published again, so that it may be there twice.
    /// </summary>
    /// <exception cref="ArgumentException">The frame is longer than <see cref="MaxFrameBytes"/>.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the frame may be in the queue all the same.</exception>
    /// <exception cref="TransportException">This member has left or was expelled; the frame may be in the queue all the same.</exception>
    ValueTask PublishAsync(string queue, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken);

    /// <summary>Claims a durable queue, which is made when it is not there. The claim outlives lost connections until released.</summary>
    /// <param name="queue">The queue: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
    /// <param name="prefetch">Messages that are delivered before the first of them is acknowledged, at most; at least 1.</param>
    /// <param name="receiver">Told when the claim is active, and of messages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TransportException">This member has left or was expelled.</exception>
    Task<IQueueConsumption> ConsumeAsync(string queue, int prefetch, IQueueReceiver receiver, CancellationToken cancellationToken);
}
