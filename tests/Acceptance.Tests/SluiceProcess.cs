using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sluice.Acceptance.Tests;

/// <summary>The real program in a process of its own, with its output as it comes.</summary>
internal sealed class SluiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];

    private SluiceProcess(string folder, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments.Prepend(Checkout.Program))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data, _output);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, _errors);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Write(input);
        _process.StandardInput.Close();
    }

    public IReadOnlyCollection<string> Output => _output;

    public IReadOnlyCollection<string> Errors => _errors;

    public int Id => _process.Id;

    public static SluiceProcess Start(string folder, params string[] arguments) =>
        new(folder, new Dictionary<string, string>(), arguments);

    public static SluiceProcess Start(string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        new(folder, environment, arguments);

    /// <summary>Runs the program to its end, with a text on its standard input.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunWithInputAsync(
        string folder, IReadOnlyDictionary<string, string> environment, string input, params string[] arguments)
    {
        await using var program = new SluiceProcess(folder, environment, arguments, input);
        var exitCode = await program.ExitAsync();
        return (exitCode, string.Join('\n', program.Output), string.Join('\n', program.Errors));
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        await using var program = Start(folder, environment, arguments);
        var exitCode = await program.ExitAsync();
        return (exitCode, string.Join('\n', program.Output), string.Join('\n', program.Errors));
    }

    /// <summary>The first line of output, already seen or still to come, that is wanted.</summary>
    public async Task<string> LineAsync(Func<string, bool> wanted)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_waiting)
        {
            if (_output.FirstOrDefault(wanted) is { } line)
            {
                return line;
            }

            _waiting.Add((wanted, found));
        }

        return await found.Task.WaitAsync(Deadline);
    }

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    /// <summary>What Ctrl-C sends.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Take(string? line, ConcurrentQueue<string> lines)
    {
        if (line is null)
        {
            return;
        }

        lock (_waiting)
        {
            lines.Enqueue(line);
            if (ReferenceEquals(lines, _output))
            {
                foreach (var (_, found) in _waiting.Where(waiting => waiting.Wanted(line)))
                {
                    found.TrySetResult(line);
                }
            }
        }
    }
}
