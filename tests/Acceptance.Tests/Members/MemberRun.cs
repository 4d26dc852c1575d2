using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Cluster.RabbitMq;
using Sluice.Cluster.Sharding;
using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Acceptance.Tests.Members;

/// <summary>Members in processes of their own, and one in this process that sends to their pool.</summary>
internal sealed partial class MemberRun : IAsyncDisposable
{
    private const string Pool = "results";
    private const string Region = "pool-sinks";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, SluiceProcess> _members = [];
    private readonly ClusterServers _servers;
    private readonly string _config;
    private ActorSystem? _system;

    public MemberRun(ClusterServers servers)
    {
        _servers = servers;
        var name = "c" + Guid.NewGuid().ToString("N")[..8];
        _config = _folder.Write(
            "member.conf",
            $$"""
            include "{{Path.Combine(Checkout.Root, "hocon", "cluster.conf")}}"
            sluice.kernel.loglevel = DEBUG
            sluice.cluster { name = {{name}}, rabbitmq { prefix = {{name}}, connection { hosts = ["127.0.0.1:{{servers.Broker.Port}}"], virtual-host = "/" } } }
            sluice.pools.results.journal { connection-string = "{{servers.Database.ConnectionString}}", schema = {{name}} }
            """);
    }

    private Dictionary<string, string> Credentials => new() { ["SLUICE_RABBITMQ_USER"] = _servers.Broker.User, ["SLUICE_RABBITMQ_PASSWORD"] = _servers.Broker.Password };

    private IActorRef Door => ClusterSharding.Get(_system!).ShardRegion(Region);

    public static async Task<MemberRun> StartAsync(ClusterServers servers, params string[] names)
    {
        var run = new MemberRun(servers);
        foreach (var name in names)
        {
            run.Start(name);
        }
        await run.JoinAsync();
        await run.SeesAsync(names);
        return run;
    }

    /// <summary>What every member has written, for what must not be in it.</summary>
    public IEnumerable<string> Said => _members.Values.SelectMany(member => member.Output.Concat(member.Errors));

    /// <summary>Begins to send to the pool with the program.</summary>
    public SendLoad Send() => new(_config, Pool, Credentials);

    /// <summary>What <c>sluice members</c> says.</summary>
    public async Task<string> MembersAsync()
    {
        var (exitCode, output, errors) = await SluiceProcess.RunAsync(_folder.Path, Credentials, "members", "--config", _config);
        exitCode.ShouldBe(0, errors);
        return output;
    }

    /// <summary>Stops a member as a service manager does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync(string name)
    {
        await SignalAsync(name, "-TERM");
        return await _members[name].ExitAsync();
    }

    public void Kill(string name) => _members[name].Kill();

    public Task FreezeAsync(string name) => SignalAsync(name, "-STOP");

    public Task ThawAsync(string name) => SignalAsync(name, "-CONT");

    public async Task SeesAsync(params string[] names) => await UntilAsync(
        () => names.Append("client").Order().SequenceEqual(Cluster.Cluster.Get(_system!).State.Members.Select(member => member.Name).Order()),
        $"members {string.Join(", ", names)}");

    /// <summary>The member that answers for the pool.</summary>
    public async Task<string> OwnerAsync()
    {
        var answered = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asker = _system!.ActorOf(Props.Create(() => new Asker(answered)));
        Door.Tell(new ShardingEnvelope(Pool, new HasUnsentData()), asker);
        return await answered.Task.WaitAsync(Deadline);
    }

    /// <summary>Sends an item; returns when the pool's journal has it.</summary>
    public async Task SendAsync(int n) =>
        (await Door.Ask<SendAnswer>(new ShardingEnvelope(Pool, new Send(PoolItem.Of(new { n }))), Deadline)).ShouldBeOfType<SendAnswer.Accepted>();

    /// <summary>All that any member has written, with its key.</summary>
    public IReadOnlyList<(string Key, int N)> Delivered() =>
    [
        .. Directory.EnumerateFiles(_folder.Path, "results*.jsonl", SearchOption.AllDirectories).SelectMany(ReadShared)
            .Select(line => (Key().Match(line), Number().Match(line))).Where(found => found.Item1.Success && found.Item2.Success)
            .Select(found => (found.Item1.Groups[1].Value, int.Parse(found.Item2.Groups[1].Value, CultureInfo.InvariantCulture))),
    ];

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            deadline.IsCancellationRequested.ShouldBeFalse($"not within {Deadline}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.Terminate();
        }
        foreach (var member in _members.Values)
        {
            await member.DisposeAsync();
        }
        _folder.Dispose();
    }

    private static IEnumerable<string> ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n');
    }

    private void Start(string name)
    {
        Directory.CreateDirectory(_folder[name]);
        var environment = new Dictionary<string, string>(Credentials) { ["SLUICE_DATA"] = _folder[name] };
        _members[name] = SluiceProcess.Start(_folder.Path, environment, "member", "--config", _config, "--name", name, "--roles", "sinks");
    }

    private async Task JoinAsync()
    {
        var config = ConfigurationFactory.ParseString("sluice { kernel.log-to-console = off, cluster.member = client }").WithFallback(ConfigurationFactory.ParseFile(_config));
        _system = ActorSystem.Create("sluice", config);
        var settings = config.WithFallback(ConfigurationFactory.FromResource<RabbitMqTransport>()).GetConfig("sluice.cluster.rabbitmq").Bind<RabbitMqTransportSettings>();
        await Cluster.Cluster.Get(_system).JoinAsync(new RabbitMqTransport(settings, Credential, TimeProvider.System));
        ClusterSharding.Get(_system).StartProxy(Region);
    }

    private string? Credential(string variable) => variable switch
    {
        "SLUICE_RABBITMQ_USER" => _servers.Broker.User,
        "SLUICE_RABBITMQ_PASSWORD" => _servers.Broker.Password,
        _ => null,
    };

    private async Task SignalAsync(string name, string signal)
    {
        using var kill = Process.Start("kill", [signal, _members[name].Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    [GeneratedRegex("\"key\"\\s*:\\s*\"([^\"]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex("\"n\"\\s*:\\s*(\\d+)")]
    private static partial Regex Number();

    private sealed class Asker(TaskCompletionSource<string> answered) : UntypedActor
    {
        protected override void OnReceive(object message) => answered.TrySetResult(Sender.Path.Address.Host ?? "here");
    }
}
