using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Sluice.Rabbit.Rig;

/// <summary>One node of a broker, with the faults that a test can play on it.</summary>
public sealed class BrokerNode : IAsyncDisposable
{
    internal const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);
    private static int _calls;
    private readonly BrokerPlan _plan;
    private readonly int _distribution = Ports.Free();
    private Guarded? _process;

    internal BrokerNode(BrokerPlan plan)
    {
        _plan = plan;
        Directory.CreateDirectory(plan.Folder);
        BrokerFiles.Write(plan, Port, TlsPort);
    }

    /// <summary>Where it listens for plain TCP.</summary>
    public int Port { get; } = Ports.Free();

    /// <summary>Where it listens for TLS, if it does.</summary>
    public int TlsPort { get; } = Ports.Free();

    /// <summary>The host that it listens on.</summary>
    public string Host => _plan.Options.Address;

    /// <summary>Starts it, also after <see cref="KillAsync"/>, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        _process = Guarded.Start([.. _plan.Options.Prefix, Server], Environment(), Path.Combine(_plan.Folder, "output.log"));
        var since = Stopwatch.GetTimestamp();
        while (!await AnswersAsync())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"RabbitMQ did not start within {Patience}: {await File.ReadAllTextAsync(Path.Combine(_plan.Folder, "output.log"))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>Ends it with kill -9; what it had written stays.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Stops its processor time, as a pause of its machine would.</summary>
    public void Freeze() => _process?.Signal("STOP", "beam.smp");

    /// <summary>Lets it go on.</summary>
    public void Thaw() => _process?.Signal("CONT", "beam.smp");

    /// <summary>Makes it take nothing from publishers, as if its memory ran short.</summary>
    public Task RaiseMemoryAlarmAsync() => CallAsync($"rabbit_alarm set_alarm [{{{{resource_limit,memory,'{_plan.Name}'}},[]}}]");

    /// <summary>Ends the memory alarm.</summary>
    public Task ClearMemoryAlarmAsync() => CallAsync($"rabbit_alarm clear_alarm [{{resource_limit,memory,'{_plan.Name}'}}]");

    /// <summary>Closes all connections of clients, as an operator would.</summary>
    public Task CloseConnectionsAsync() => CallAsync("rabbit_networking close_all_connections [\"closed by a test\"]");

    /// <summary>Makes it present another certificate from now on.</summary>
    public async Task PresentAsync((string Certificate, string Key) other)
    {
        foreach (var (file, to) in new[] { (other.Certificate, "server.pem"), (other.Key, "server.key") })
        {
            File.Copy(file, Path.Combine(_plan.Folder, to), overwrite: true);
        }

        await CallAsync("ssl clear_pem_cache []");
    }

    /// <summary>Calls a function in the node: <c>module function [arguments]</c>, in Erlang's syntax.</summary>
    /// <exception cref="InvalidOperationException">The node did not take the call.</exception>
    public async Task<string> CallAsync(string call)
    {
        var program = Directory.EnumerateFiles("/usr/lib/erlang", "erl_call", SearchOption.AllDirectories).First();
        var start = new ProcessStartInfo(_plan.Options.Prefix is [var first, ..] ? first : program)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // All calls come from c17 by default, and the node turns away a second c17 until it has seen the first one go.
        var caller = $"call{Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture)}";
        string[] arguments = [.. _plan.Options.Prefix.Skip(1), .. _plan.Options.Prefix.Count > 0 ? [program] : Array.Empty<string>(), "-c", _plan.Cookie, "-h", caller, "-sname", _plan.Name, "-a", call];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ERL_EPMD_PORT"] = _plan.PortMapper.ToString(CultureInfo.InvariantCulture);
        start.Environment["HOME"] = _plan.Folder;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? answer
            : throw new InvalidOperationException($"'{call}' on {_plan.Name}: {await error} {answer}");
    }

    public ValueTask DisposeAsync() => new(KillAsync());

    private Dictionary<string, string> Environment() => new()
    {
        ["HOME"] = _plan.Folder,
        ["LANG"] = "C.UTF-8",
        ["ERL_EPMD_PORT"] = _plan.PortMapper.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODENAME"] = _plan.Name,
        ["RABBITMQ_DIST_PORT"] = _distribution.ToString(CultureInfo.InvariantCulture),
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(_plan.Folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(_plan.Folder, "log"),
        ["RABBITMQ_CONFIG_FILE"] = BrokerFiles.Configuration(_plan),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = BrokerFiles.Plugins(_plan),
        ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
        // Two schedulers that do not spin: tests share few cores.
        ["RABBITMQ_SERVER_ERL_ARGS"] = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none",
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} -kernel net_ticktime 8",
    };

    // The greeting of AMQP 0-9-1: a node that is ready answers it with connection.start, a method frame (type 1).
    private async Task<bool> AnswersAsync()
    {
        if (_plan.Options.Prefix.Count > 0)
        {
            var log = Path.Combine(_plan.Folder, "log", _plan.Name + ".log");
            return File.Exists(log) && (await File.ReadAllTextAsync(log)).Contains("Server startup complete", StringComparison.Ordinal);
        }

        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var client = new TcpClient();
            await client.ConnectAsync(Host, Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), limit.Token);
            var answer = new byte[1];
            return await stream.ReadAsync(answer, limit.Token) == 1 && answer[0] == 1;
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
