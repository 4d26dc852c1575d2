using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>Three members in processes of their own: one publishes without a pause, the other two claim what it publishes.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private readonly Broker _broker;
    private readonly string _settings;
    private readonly string _prefix = "f" + Guid.NewGuid().ToString("N");
    private readonly Dictionary<string, Mate> _mates = [];
    private int _marks;

    private Scene(Broker broker, string settings) => (_broker, _settings) = (broker, settings);

    public Ledger Ledger { get; } = new();

    public Mate Publisher => _mates["a"];

    /// <summary>The one that owns the queue at first.</summary>
    public Mate Owner => _mates["b"];

    public Mate Heir => _mates["c"];

    /// <summary>Whether any of the others has lost one as its first incarnation; each of them may be finding its own way back just then.</summary>
    public bool IsLost(Mate member) => _mates.Values.Any(mate => mate.Has(line => line.StartsWith($"lost {member.Name}:1", StringComparison.Ordinal)));

    /// <summary>Starts the three and waits until they are at work.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="hosts">Where a member finds it.</param>
    /// <param name="on">What stands before a member's command.</param>
    /// <param name="settings">The members' settings, where they are not the defaults.</param>
    public static async Task<Scene> StartAsync(Broker broker, Func<string, string[]> hosts, Func<string, IReadOnlyList<string>>? on = null, string settings = "")
    {
        var scene = new Scene(broker, settings);
        try
        {
            await scene.AddAsync("a", "publish", hosts, on);
            await scene.AddAsync("b", "claim", hosts, on);
            await Until(() => scene.Owner.Has(line => line.StartsWith("active ", StringComparison.Ordinal)), "b owns the queue");
            await scene.AddAsync("c", "claim", hosts, on);
            await Until(() => scene.Heir.Has(line => line.StartsWith("joined", StringComparison.Ordinal)), "c has joined");
            await scene.MoreAsync(20);
            scene.Ledger.Mark();
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    public static Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);

    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Not within {Patience}: {what}.");
            }
        }
    }

    /// <summary>Waits until so many more were acknowledged, and as many more written.</summary>
    public async Task MoreAsync(int count)
    {
        var (acknowledged, written) = (Ledger.Acknowledged + count, Ledger.Written + count);
        await UntilAsync(() => Ledger.Acknowledged >= acknowledged && Ledger.Written >= written, $"{count} more items");
    }

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        try
        {
            await Until(condition, what);
        }
        catch (TimeoutException late)
        {
            var said = string.Join("\n", _mates.Values.Select(mate =>
                $"--- {mate.Name}, alive: {mate.IsAlive}\n{string.Join("\n", mate.Said.Where(line => !line.StartsWith("acked", StringComparison.Ordinal) && !line.StartsWith("got", StringComparison.Ordinal)))}"));
            throw new TimeoutException($"{late.Message} {Ledger.Acknowledged} acknowledged, {Ledger.Written} written.\n{said}");
        }
    }

    /// <summary>How many were acknowledged up to now, none of them still on its way to this process.</summary>
    public async Task<int> AcknowledgedAsync()
    {
        var mark = $"mark {++_marks}";
        await Publisher.WriteAsync(mark);
        await UntilAsync(() => Publisher.Has(line => line == mark), mark);
        return Ledger.Acknowledged;
    }

    /// <summary>Goes on for a while after the fault, then stops publishing and waits for all that was promised.</summary>
    public async Task EndAsync(string fault, int more = 50)
    {
        await MoreAsync(more);
        await Publisher.WriteAsync("stop");
        await UntilAsync(() => Publisher.Has(line => line.StartsWith("stopped", StringComparison.Ordinal)), "the publisher has stopped");
        await SurvivedAsync(fault);
        Ledger.Missing.ShouldBeEmpty();
    }

    /// <summary>Waits until all that was promised so far is written, and goes on.</summary>
    public async Task SurvivedAsync(string fault)
    {
        var promised = Ledger.Missing;
        await UntilAsync(() => !Ledger.Missing.Intersect(promised).Any(), "everything acknowledged so far is written");
        FaultTable.Add(fault, Ledger);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_mates.Values.Select(mate => mate.DisposeAsync().AsTask()));

    private async Task AddAsync(string name, string role, Func<string, string[]> hosts, Func<string, IReadOnlyList<string>>? on)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Sluice.Cluster.Killable.dll");
        var environment = new Dictionary<string, string> { ["SLUICE_RABBITMQ_USER"] = _broker.User, ["SLUICE_RABBITMQ_PASSWORD"] = _broker.Password, ["DOTNET_TieredPGO"] = "0" };
        var process = Guarded.Start([.. on?.Invoke(name) ?? [], "dotnet", program, name, _prefix, role, _settings, .. hosts(name)], environment);
        var mate = _mates[name] = new Mate(name, process, Ledger.Heard);
        await UntilAsync(() => mate.Has(line => line.StartsWith("joined", StringComparison.Ordinal)), $"{name} has joined");
    }
}
