using Sluice.Cluster.Contract;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>A member that is slow to receive keeps its backlog with the broker, not in its memory.</summary>
[Collection(BrokerCollection.Name)]
public sealed class SlowMemberSpecs(BrokerFixture fixture)
{
    private const int Frames = 1_500;
    private const int FrameBytes = 32 * 1024;

    [Fact]
    public async Task Its_memory_stays_bounded_and_nothing_is_lost()
    {
        var section = $"prefix = t{Guid.NewGuid():N}, prefetch = 32";
        await using var sender = new TestMember(Configured.Transport(fixture.Broker, fixture.Broker.Port, section), TestMember.InfoOf("sender"));
        await using var transport = Configured.Transport(fixture.Broker, fixture.Broker.Port, section);
        var slow = new SlowReceiver();
        await sender.JoinAsync();
        await transport.JoinAsync(TestMember.InfoOf("slow"), slow, CancellationToken.None);
        await sender.Events.UntilSeenAsync("up slow:1");
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var frame = new byte[FrameBytes];
        for (var i = 0; i < Frames; i++)
        {
            BitConverter.TryWriteBytes(frame, i);
            await sender.Transport.SendAsync(new MemberId("slow", 1), frame, CancellationToken.None);
        }

        // 48 MiB are under way; a marker to itself shows that the broker has taken all of it.
        await sender.SendAsync(sender, "marker");
        await sender.Frames.UntilSeenAsync("marker");
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(Frames * FrameBytes / 2);
        slow.Release();
        (await slow.All.WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe(Enumerable.Range(0, Frames));
    }

    private sealed class SlowReceiver : IMemberReceiver
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<IReadOnlyList<int>> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<int> _received = [];

        public Task<IReadOnlyList<int>> All => _all.Task;

        public void Release() => _released.SetResult();

        public string? Refuse(MemberInfo candidate) => null;

        public void MemberUp(MemberInfo member)
        {
        }

        public void MemberLeft(MemberId member)
        {
        }

        public void MemberLost(MemberId member, string reason)
        {
        }

        public void Expelled(string reason) => _all.TrySetException(new InvalidOperationException(reason));

        public void StateChanged(TransportState state)
        {
        }

        public async ValueTask ReceiveAsync(ReadOnlyMemory<byte> frame)
        {
            await _released.Task;
            _received.Add(BitConverter.ToInt32(frame.Span));
            if (_received.Count == Frames)
            {
                _all.SetResult(_received);
            }
        }
    }
}
