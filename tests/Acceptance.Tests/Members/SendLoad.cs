using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Sluice.Acceptance.Tests.Members;

/// <summary><c>sluice send --to</c> in a process of its own, which gets a numbered item every few milliseconds and prints a key for each that is safe.</summary>
internal sealed class SendLoad : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);
    private readonly Process _program;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentQueue<string> _other = new();
    private readonly Lock _gate = new();
    private readonly Task<int> _writing;
    private readonly Task _reading;
    private int _acknowledged;
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _longest;

    public SendLoad(string config, string pool, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Checkout.Program, "send", config, "--to", pool, "--output", "json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _program = Process.Start(start)!;
        _writing = WriteAsync();
        _reading = Task.WhenAll(ReadAsync(_program.StandardOutput), ReadAsync(_program.StandardError));
    }

    /// <summary>How many are safe; they are the first ones, because keys come in the items' order.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>What it said besides keys.</summary>
    public IReadOnlyCollection<string> Other => _other;

    /// <summary>Measures the longest wait for a key from now on.</summary>
    public void Mark()
    {
        lock (_gate)
        {
            (_longest, _last) = (TimeSpan.Zero, Stopwatch.GetTimestamp());
        }
    }

    public TimeSpan LongestWait
    {
        get
        {
            lock (_gate)
            {
                return _longest;
            }
        }
    }

    /// <summary>Waits until so many more are safe.</summary>
    public async Task MoreAsync(int count)
    {
        var wanted = Acknowledged + count;
        await MemberRun.UntilAsync(() => Acknowledged >= wanted || _reading.IsCompleted, $"{count} more items safe");
        Acknowledged.ShouldBeGreaterThanOrEqualTo(wanted, string.Join('\n', _other));
    }

    /// <summary>Ends the input, and waits until all is safe and the program has ended.</summary>
    /// <returns>How many items it got, and its exit code.</returns>
    public async Task<(int Items, int ExitCode)> EndAsync()
    {
        await _end.CancelAsync();
        var written = await _writing;
        await _reading.WaitAsync(TimeSpan.FromSeconds(90));
        await _program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(90));
        return (written, _program.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _writing;
        if (!_program.HasExited)
        {
            _program.Kill();
        }

        await _reading;
        _program.Dispose();
        _end.Dispose();
    }

    private async Task<int> WriteAsync()
    {
        var written = 0;
        try
        {
            for (; !_end.IsCancellationRequested; written++)
            {
                await _program.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{written}}}"));
                await _program.StandardInput.FlushAsync();
                await Task.Delay(Pause, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _program.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program has ended; what it said tells why.
        }

        return written;
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("{\"key\":", StringComparison.Ordinal))
            {
                _other.Enqueue(line);
                continue;
            }

            lock (_gate)
            {
                var now = Stopwatch.GetTimestamp();
                _longest = Stopwatch.GetElapsedTime(_last, now) is var wait && wait > _longest ? wait : _longest;
                _last = now;
            }

            Interlocked.Increment(ref _acknowledged);
        }
    }
}
