using System.Text;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Contract;

/// <summary>A member that writes down all that it is told.</summary>
public sealed class TestMember(ITransport transport, MemberInfo info) : IMemberReceiver, IAsyncDisposable
{
    private readonly SemaphoreSlim _receiving = new(1);

    public ITransport Transport => transport;

    public MemberInfo Info => info;

    public MemberId Id => info.Id;

    /// <summary>Membership as it was told: <c>up a</c>, <c>left a</c>, <c>lost a</c>, <c>expelled</c>, and states.</summary>
    public Recorder<string> Events { get; } = new();

    public Recorder<string> Frames { get; } = new();

    public string? Refusal { get; set; }

    public static MemberInfo InfoOf(string name, int incarnation = 1, string cluster = "test") => new()
    {
        Cluster = cluster,
        System = "sluice",
        Id = new MemberId(name, incarnation),
        Roles = ["worker"],
        Version = "1.0",
        Protocol = MemberInfo.CurrentProtocol,
        Since = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero),
    };

    public Task JoinAsync() => transport.JoinAsync(info, this, CancellationToken.None);

    public Task SendAsync(TestMember to, string text) => SendAsync(to.Id, text);

    public Task SendAsync(MemberId to, string text) => transport.SendAsync(to, Encoding.UTF8.GetBytes(text), CancellationToken.None).AsTask();

    public Task PublishAsync(string queue, string text) =>
        transport.PublishAsync(queue, Encoding.UTF8.GetBytes(text), CancellationToken.None).AsTask();

    public async Task<TestConsumer> ConsumeAsync(string queue, int prefetch = 10)
    {
        var consumer = new TestConsumer();
        consumer.Consumption = await transport.ConsumeAsync(queue, prefetch, consumer, CancellationToken.None);
        return consumer;
    }

    string? IMemberReceiver.Refuse(MemberInfo candidate) => Refusal;

    void IMemberReceiver.MemberUp(MemberInfo member) => Add($"up {member.Id}");

    void IMemberReceiver.MemberLeft(MemberId member) => Add($"left {member}");

    void IMemberReceiver.MemberLost(MemberId member, string reason)
    {
        reason.ShouldNotBeNullOrWhiteSpace();
        Add($"lost {member}");
    }

    void IMemberReceiver.Expelled(string reason)
    {
        reason.ShouldNotBeNullOrWhiteSpace();
        Add("expelled");
    }

    void IMemberReceiver.StateChanged(TransportState state) => Add($"{state}");

    async ValueTask IMemberReceiver.ReceiveAsync(ReadOnlyMemory<byte> frame)
    {
        _receiving.Wait(0, CancellationToken.None).ShouldBeTrue("two calls to the receiver ran at once");
        await Task.Yield();
        Frames.Add(Encoding.UTF8.GetString(frame.Span));
        _receiving.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        _receiving.Dispose();
    }

    private void Add(string text)
    {
        _receiving.Wait(0, CancellationToken.None).ShouldBeTrue("two calls to the receiver ran at once");
        Events.Add(text);
        _receiving.Release();
    }
}
