using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Sluice.Journal.Settings;
using Sluice.Journal.Tests.Sqlite;
using Sluice.Rabbit.Rig;

namespace Sluice.Journal.Tests.Postgresql;

/// <summary>A PostgreSQL of the tests' own on 127.0.0.1, in a temporary folder, as a user that is not root.</summary>
public sealed class PostgresqlServer : IAsyncLifetime, IDisposable
{
    private static readonly string[] Unprivileged = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();
    private readonly int _port = Ports.Free();
    private Process? _server;

    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=sluice;Database=postgres;Timeout=60;Include Error Detail=true");

    public JournalSettings Settings(JournalSettings settings) => settings with { Kind = JournalKind.Postgresql, ConnectionString = ConnectionString };

    private static string Bin { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => version, StringComparer.Ordinal).First() + "/bin"
        : "";

    private string Data => Path.Combine(_folder.Path, "data");

    public async Task InitializeAsync()
    {
        if (IsRoot && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        }

        using var init = Start("initdb", "-D", Data, "-U", "sluice", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C");
        await init.WaitForExitAsync();
        init.ExitCode.ShouldBe(0);
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _server = Start(
            "postgres", "-D", Data, "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", "", "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60");
        using var deadline = new CancellationTokenSource(Patience);
        while (!await AnswersAsync())
        {
            deadline.Token.ThrowIfCancellationRequested();
            _server.HasExited.ShouldBeFalse("postgres ended before it answered");
        }
    }

    public async Task KillAsync()
    {
        var server = _server.ShouldNotBeNull();
        int[] all = [server.Id, .. ChildrenOf(server.Id)];
        server.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        await GoneAsync(all);
        server.Dispose();
        _server = null;
        NpgsqlConnection.ClearAllPools();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await KillAsync();
        }
    }

    public void Dispose()
    {
        _server?.Dispose();
        _folder.Dispose();
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static IEnumerable<int> ChildrenOf(int parent) =>
        from folder in Directory.EnumerateDirectories("/proc")
        let child = int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0
        where child > 0 && StatOf(child) is [_, var its, ..] && its == parent.ToString(CultureInfo.InvariantCulture)
        select child;

    /// <summary>The state of a process, its parent, and more; nothing when it is gone.</summary>
    private static string[] StatOf(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    // The memory that a killed server shared with its children is in use until the last of them is gone, and no server starts before.
    private static async Task GoneAsync(int[] processes)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (processes.Any(process => StatOf(process) is [not ("Z" or "X"), ..]))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, deadline.Token);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private Process Start(string program, params string[] arguments)
    {
        var path = Path.Combine(Bin, program);
        var start = IsRoot
            ? new ProcessStartInfo("setpriv", [.. Unprivileged, path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = _folder.Path;
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var process = Process.Start(start).ShouldNotBeNull();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
