using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Sluice.Rabbit.Rig;

/// <summary>
/// RabbitMQ of the test's own: one node or several, with their own home, cookie, names, ports and folders, and the event exchange. Nothing of it
/// outlives the test process.
/// </summary>
public sealed class Broker : IAsyncDisposable
{
    /// <summary>Why no broker can be started here, or null when one can.</summary>
    public static string? Missing { get; } =
        File.Exists(BrokerNode.Server) ? null : "RabbitMQ is not installed here; install it (apt-get install rabbitmq-server) and run the tests again.";

    private readonly string _folder;
    private readonly Guarded _portMapper;

    private Broker(string folder, Guarded portMapper, IReadOnlyList<BrokerNode> nodes, string password)
    {
        _folder = folder;
        _portMapper = portMapper;
        Nodes = nodes;
        Password = password;
    }

    /// <summary>The cluster's nodes.</summary>
    public IReadOnlyList<BrokerNode> Nodes { get; }

    /// <summary>The first node's port for plain TCP.</summary>
    public int Port => Nodes[0].Port;

    /// <summary>The first node's port for TLS.</summary>
    public int TlsPort => Nodes[0].TlsPort;

    /// <summary>The user that may do everything.</summary>
    public string User { get; } = "tester";

    /// <summary>Its password, drawn for this broker.</summary>
    public string Password { get; }

    /// <summary>Starts all nodes and waits until each one answers.</summary>
    public static async Task<Broker> StartAsync(BrokerOptions? options = null)
    {
        if (Missing is not null)
        {
            throw new InvalidOperationException(Missing);
        }

        options ??= new();
        var folder = Directory.CreateTempSubdirectory("sluice-rabbit-").FullName;
        var epmd = Ports.Free();
        var cookie = RandomNumberGenerator.GetHexString(20);
        var password = RandomNumberGenerator.GetHexString(20);
        var mapper = Guarded.Start(
            [.. options.Prefix, "epmd", "-port", epmd.ToString(CultureInfo.InvariantCulture), "-address", "127.0.0.1"], outputFile: Path.Combine(folder, "epmd.log"), leftover: folder);
        var names = Enumerable.Range(1, options.Nodes).Select(number => $"rig{number}@localhost").ToArray();
        var nodes = names.Select(name => new BrokerNode(new(name, names, Path.Combine(folder, name), epmd, cookie, "tester", password, options))).ToArray();
        var broker = new Broker(folder, mapper, nodes, password);
        try
        {
            await PortMapperAsync(options, epmd);
            await Task.WhenAll(nodes.Select(node => node.StartAsync()));
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    // A node that comes first would start one of its own, which would be killed with that node.
    private static async Task PortMapperAsync(BrokerOptions options, int port)
    {
        string[] ask = [.. options.Prefix, "epmd", "-port", port.ToString(CultureInfo.InvariantCulture), "-names"];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var asking = Process.Start(new ProcessStartInfo(ask[0], ask[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            await asking.StandardOutput.ReadToEndAsync(patience.Token);
            await asking.WaitForExitAsync(patience.Token);
            if (asking.ExitCode == 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(node => node.DisposeAsync().AsTask()));
        await _portMapper.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
