using System.Diagnostics;
using System.Threading.Channels;

namespace Sluice.Host.Tests.Observing;

/// <summary>The real program in a process and a folder of its own, with a small tube to run.</summary>
internal sealed class RunningSluice : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private const string Nodes = """
        public static class Hello
        {
            public static IEnumerable<int> Count(int limit) => Enumerable.Range(1, limit);
            public static string Greet(int number) => number == 3 ? throw new InvalidOperationException("unlucky") : $"hello, {number}";
            public static async Task<string> Wait(int number)
            {
                while (!File.Exists("go")) { await Task.Delay(10); }
                return $"late {number}";
            }
        }
        """;

    private static readonly string s_program = Path.Combine(
        Checkout.Root, "artifacts", "bin", "Host", new DirectoryInfo(AppContext.BaseDirectory).Name, "sluice.dll");

    private readonly Process _process;
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();

    private RunningSluice(string folder, string[] arguments)
    {
        Folder = folder;
        var start = new ProcessStartInfo("dotnet", [s_program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        Output = _process.StandardOutput.ReadToEndAsync();
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _errors.Writer.TryComplete();
            }
            else
            {
                _errors.Writer.TryWrite(line.Data);
            }
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>The folder that it runs in.</summary>
    public string Folder { get; }

    /// <summary>All of its standard output, once it has ended.</summary>
    public Task<string> Output { get; }

    /// <summary>Runs the tube <c>hello</c>: numbers from 1 to a limit, one node that takes them, a return.</summary>
    public static RunningSluice Start(string node, int limit, params string[] arguments) => Start(node, limit, new Dictionary<string, string>(), arguments);

    /// <inheritdoc cref="Start(string, int, string[])"/>
    public static RunningSluice Start(string node, int limit, IReadOnlyDictionary<string, string> files, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-observing-").FullName;
        File.WriteAllText(Path.Combine(folder, "nodes.cs"), Nodes);
        File.WriteAllText(Path.Combine(folder, "hello.yaml"), $$"""
            tube: hello
            nodes:
              count: { type: Hello.Count, params: { limit: {{limit}} } }
              greet: { type: Hello.{{node}}, depends: [number: count.value] }
              return: { type: return, depends: greet.value }
            """);
        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return new RunningSluice(folder, ["run", "hello.yaml", .. arguments]);
    }

    /// <summary>The next line on standard error that contains a text.</summary>
    public async Task<string> ErrorAsync(string part)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await foreach (var line in _errors.Reader.ReadAllAsync(deadline.Token))
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The program ended without '{part}' on standard error; on standard output: {await Output}");
    }

    /// <summary>All further lines on standard error, until its end.</summary>
    public async Task<IReadOnlyList<string>> ErrorsAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var lines = new List<string>();
        await foreach (var line in _errors.Reader.ReadAllAsync(deadline.Token))
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Lets <c>Hello.Wait</c> go on.</summary>
    public void Go() => File.WriteAllText(Path.Combine(Folder, "go"), "");

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
