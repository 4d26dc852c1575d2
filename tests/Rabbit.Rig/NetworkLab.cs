using System.Diagnostics;
using System.Globalization;

namespace Sluice.Rabbit.Rig;

/// <summary>
/// A network of the test's own: each node is a network namespace with an address in 10.77.0.0/24, all of them on one bridge in a namespace of its own, so that
/// the machine's network is not touched. Nothing of it outlives the test process.
/// </summary>
public sealed class NetworkLab : IAsyncDisposable
{
    private readonly string _id = Guid.NewGuid().ToString("N")[..6];
    private readonly List<string> _nodes = [];
    private readonly Guarded _sweeper;

    private NetworkLab()
    {
        // Namespaces have no owner; a shell that ends with this process removes those of this lab.
        _sweeper = Guarded.Start(["bash", "-c", $"cat >/dev/null"], onEnd: $"for space in $(ip netns list | grep -o '^slu{_id}[^ ]*'); do ip netns delete $space; done");
        Require("ip", "netns", "add", Space("hub"));
        Require("ip", "-n", Space("hub"), "link", "add", "br0", "type", "bridge");
        Require("ip", "-n", Space("hub"), "link", "set", "br0", "up");
    }

    /// <summary>Why no such network can be made here, or null when one can.</summary>
    public static string? Missing { get; } = Probe();

    /// <summary>Makes a network with these nodes.</summary>
    public static async Task<NetworkLab> CreateAsync(params string[] nodes)
    {
        var lab = new NetworkLab();
        try
        {
            foreach (var node in nodes)
            {
                lab.Add(node);
            }

            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Put before a command to run it on a node.</summary>
    public IReadOnlyList<string> On(string node) => ["ip", "netns", "exec", Space(node)];

    /// <summary>A node's address.</summary>
    public string AddressOf(string node) => $"10.77.0.{(_nodes.IndexOf(node) + 1).ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Pulls a node's cable, as seen from the others: its own end keeps its link.</summary>
    public void Cut(string node) => Require("ip", "-n", Space("hub"), "link", "set", $"v{node}", "down");

    /// <summary>Loses what a node sends, and nothing that it receives.</summary>
    public void CutOutgoing(string node) => Require([.. On(node), "iptables", "-A", "OUTPUT", "-o", "eth0", "-j", "DROP"]);

    /// <summary>Loses a part of all packets, both ways.</summary>
    public void Lose(string node, double part)
    {
        foreach (var (chain, way) in new[] { ("INPUT", "-i"), ("OUTPUT", "-o") })
        {
            Require([.. On(node), "iptables", "-A", chain, way, "eth0", "-m", "statistic", "--mode", "random", "--probability", part.ToString(CultureInfo.InvariantCulture), "-j", "DROP"]);
        }
    }

    /// <summary>Ends all faults of a node.</summary>
    public void Heal(string node)
    {
        Require("ip", "-n", Space("hub"), "link", "set", $"v{node}", "up");
        Require([.. On(node), "iptables", "-F"]);
    }

    public async ValueTask DisposeAsync() => await _sweeper.DisposeAsync();

    private static string? Probe()
    {
        var name = "slu" + Guid.NewGuid().ToString("N")[..8];
        try
        {
            var works = Run("ip", "netns", "add", name) is null
                && Run("ip", "netns", "exec", name, "iptables", "-A", "OUTPUT", "-m", "statistic", "--mode", "random", "--probability", "0.1", "-j", "DROP") is null;
            Run("ip", "netns", "delete", name);
            return works ? null : "network namespaces cannot be made here (that takes root and iproute2, iptables)";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "iproute2 is not installed here";
        }
    }

    private void Add(string node)
    {
        _nodes.Add(node);
        Require("ip", "netns", "add", Space(node));
        Require("ip", "-n", Space(node), "link", "set", "lo", "up");
        Require("ip", "-n", Space("hub"), "link", "add", $"v{node}", "type", "veth", "peer", "name", "eth0", "netns", Space(node));
        Require("ip", "-n", Space("hub"), "link", "set", $"v{node}", "master", "br0", "up");
        Require("ip", "-n", Space(node), "address", "add", AddressOf(node) + "/24", "dev", "eth0");
        Require("ip", "-n", Space(node), "link", "set", "eth0", "up");
    }

    private string Space(string node) => $"slu{_id}{node}";

    private static void Require(params string[] command)
    {
        if (Run(command) is { } problem)
        {
            throw new InvalidOperationException($"'{string.Join(' ', command)}': {problem}");
        }
    }

    private static string? Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
