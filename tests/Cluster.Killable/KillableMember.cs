using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Killable;

/// <summary>A member that prints all that happens to it.</summary>
public sealed class KillableMember(string name, ITransport transport, bool claims) : IMemberReceiver, IQueueReceiver, IAsyncDisposable
{
    /// <summary>How many publish at once, each waiting for its acknowledgement.</summary>
    public const int Publishers = 4;

    private const string Queue = "work";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<(ulong Tag, long Token, string Text)> _deliveries = Channel.CreateUnbounded<(ulong, long, string)>();
    private TaskCompletionSource _expelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _working = Task.CompletedTask;
    private Task _rejoining = Task.CompletedTask;
    private int _incarnation;
    private long _token;
    private int _next = -1;

    /// <summary>Joins, as the first incarnation however often a slow broker lets it fail.</summary>
    public async Task JoinAsync()
    {
        while (!await TryJoinAsync())
        {
            _incarnation = 0;
            await Task.Delay(Pause, TimeProvider.System, _stop.Token);
        }

        _rejoining = RejoinAsync();
    }

    public async Task PublishAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(_ => PublishSomeAsync()));
    }

    public async Task UntilStoppedAsync()
    {
        while (await Console.In.ReadLineAsync() is { } line && line != "stop")
        {
            Console.WriteLine(line); // A mark: all that was printed before it came before it.
        }

        await _stop.CancelAsync();
    }

    string? IMemberReceiver.Refuse(MemberInfo candidate) => null;

    void IMemberReceiver.MemberUp(MemberInfo member) => Console.WriteLine($"up {member.Id}");

    void IMemberReceiver.MemberLeft(MemberId member) => Console.WriteLine($"left {member}");

    void IMemberReceiver.MemberLost(MemberId member, string reason) => Console.WriteLine($"lost {member}: {reason}");

    void IMemberReceiver.Expelled(string reason)
    {
        Console.WriteLine($"expelled: {reason}");
        _expelled.SetResult();
    }

    void IMemberReceiver.StateChanged(TransportState state) => Console.WriteLine($"state {state}");

    ValueTask IMemberReceiver.ReceiveAsync(ReadOnlyMemory<byte> frame) => ValueTask.CompletedTask;

    void IQueueReceiver.Activated(long fencingToken)
    {
        _token = fencingToken;
        Console.WriteLine($"active {fencingToken.ToString(CultureInfo.InvariantCulture)}");
    }

    void IQueueReceiver.Delivered(ulong tag, bool isRedelivered, ReadOnlySpan<byte> frame) =>
        _deliveries.Writer.TryWrite((tag, _token, Encoding.UTF8.GetString(frame)));

    void IQueueReceiver.Deactivated(string reason) => Console.WriteLine($"inactive: {reason}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_working, _rejoining);
        _stop.Dispose();
    }

    private async Task JoinOnceAsync()
    {
        var info = new MemberInfo
        {
            Cluster = "killable",
            System = "sluice",
            Id = new MemberId(name, ++_incarnation),
            Roles = [],
            Version = "1.0",
            Protocol = MemberInfo.CurrentProtocol,
            Since = TimeProvider.System.GetUtcNow(),
        };
        await transport.JoinAsync(info, this, _stop.Token);
        Console.WriteLine($"joined {info.Id}");
        if (claims)
        {
            _working = WorkAsync(await transport.ConsumeAsync(Queue, 50, this, _stop.Token));
        }
    }

    private async Task<bool> TryJoinAsync()
    {
        try
        {
            await JoinOnceAsync();
            return true;
        }
        catch (Exception fault) when (fault is TransportException or JoinRefusedException)
        {
            Console.WriteLine($"not joined: {fault.Message}");
            return false;
        }
    }

    private async Task RejoinAsync()
    {
        try
        {
            while (true)
            {
                await _expelled.Task.WaitAsync(_stop.Token);
                _expelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
                while (!await TryJoinAsync())
                {
                    await Task.Delay(Pause, TimeProvider.System, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end.
        }
    }

    // What was printed is taken; the test's ledger fences it with the token.
    private async Task WorkAsync(IQueueConsumption consumption)
    {
        try
        {
            var mine = _incarnation;
            while (mine == _incarnation)
            {
                var (tag, token, text) = await _deliveries.Reader.ReadAsync(_stop.Token);
                Console.WriteLine($"got {token.ToString(CultureInfo.InvariantCulture)} {text}");
                await consumption.AckAsync(tag);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end.
        }
    }

    // A publisher that was expelled joins again, and publishes then what was not acknowledged.
    private async Task<bool> TryPublishAsync(string number)
    {
        try
        {
            await transport.PublishAsync(Queue, Encoding.UTF8.GetBytes(number), CancellationToken.None);
            Console.WriteLine($"acked {number}");
            return true;
        }
        catch (TransportException)
        {
            return false;
        }
    }

    private async Task PublishSomeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture);
            while (!await TryPublishAsync(number) && !_stop.IsCancellationRequested)
            {
                await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }
}
