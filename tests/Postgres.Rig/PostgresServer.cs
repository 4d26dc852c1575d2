using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Sluice.Rabbit.Rig;

namespace Sluice.Postgres.Rig;

/// <summary>A PostgreSQL of the tests' own on 127.0.0.1, in a temporary folder, as a user that is not root; gone at the end.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string[] Unprivileged = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-postgres-").FullName;
    private readonly string _port = Ports.Free().ToString(CultureInfo.InvariantCulture);
    private Process? _server;

    private PostgresServer()
    {
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=sluice;Database=postgres;Timeout=60";

    private string Data => Path.Combine(_folder, "data");

    public static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(server._folder, (UnixFileMode)Convert.ToInt32("777", 8));
        }
        using var init = server.Run("initdb", "-D", server.Data, "-U", "sluice", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C");
        await init.WaitForExitAsync();
        if (init.ExitCode != 0)
        {
            throw new InvalidOperationException("initdb failed: is PostgreSQL installed? ./test.sh installs it.");
        }
        server._server = server.Run("postgres", "-D", server.Data, "-p", server._port, "-k", "", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=100");
        await server.AnswersAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AnswersAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync(deadline.Token);
                return;
            }
            catch (NpgsqlException) when (_server is { HasExited: false })
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
            }
        }
    }

    private Process Run(string program, params string[] arguments)
    {
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var path = versions.Length == 0 ? program : Path.Combine(versions.Max(StringComparer.Ordinal)!, "bin", program);
        var start = Environment.IsPrivilegedProcess
            ? new ProcessStartInfo("setpriv", [.. Unprivileged, path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = _folder;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
