using System.Diagnostics;
using System.Globalization;
using Sluice.Rabbit.Rig;

namespace Sluice.Exporters.Tests;

/// <summary>A PostgreSQL server of the test's own, on a free port of this machine, gone at the end.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _process;

    /// <summary>Starts the server and waits until it accepts connections.</summary>
    public PostgresServer()
    {
        var binaries = Binaries
            ?? throw new InvalidOperationException("PostgreSQL is not installed here; install it (apt-get install postgresql) and run the tests again.");
        var data = _folder.File("data");
        if (Environment.IsPrivilegedProcess)
        {
            Require(Commands.Try("chown", "postgres", _folder.Path), "chown");
        }

        Require(Run(binaries, "initdb", "-D", data, "-A", "trust", "-U", "sluice", "--no-sync", "-E", "UTF8", "--locale=C"), "initdb");
        var port = Ports.Free().ToString(CultureInfo.InvariantCulture);
        _process = Start(binaries, "postgres", "-D", data, "-p", port, "-k", _folder.Path, "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off");
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        Connection = $"Host=127.0.0.1;Port={port};Username=sluice;Database=postgres";
        var since = Stopwatch.GetTimestamp();
        while (!Run(binaries, "pg_isready", "-h", "127.0.0.1", "-p", port))
        {
            Require(Stopwatch.GetElapsedTime(since) < Deadline.Length && !_process.HasExited, "postgres");
        }
    }

    public string Connection { get; }

    private static string? Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static bool Run(string binaries, string program, params string[] arguments)
    {
        using var process = Start(binaries, program, arguments);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    // The server refuses to run as root.
    private static Process Start(string binaries, string program, params string[] arguments)
    {
        var path = Path.Combine(binaries, program);
        return Environment.IsPrivilegedProcess
            ? Commands.Start("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", path, .. arguments])
            : Commands.Start(path, arguments);
    }

    private static void Require(bool done, string step)
    {
        if (!done)
        {
            throw new InvalidOperationException($"PostgreSQL's {step} failed.");
        }
    }
}
