using System.Diagnostics;
using System.Globalization;

namespace Sluice.Rabbit.Rig;

/// <summary>
/// A program that cannot outlive whoever started it, nor can anything that it starts in its turn. A shell holds the reading end of a pipe; when the
/// writing end is closed, also by a kill -9 of this process, the shell ends every process that carries the program's tag in its environment.
/// </summary>
public sealed class Guarded : IAsyncDisposable
{
    // Daemons that slip away while the others are being killed are caught by a later round.
    private const string Keeper = """
        tag=$1 output=$2 leftover=$3 last=$4
        shift 4
        [ "$output" = - ] || exec >>"$output" 2>&1
        exec 3>&2 2>/dev/null # What the shell says of processes that it ends is no news.
        tagged() { grep -lzs "^SLUICE_RIG=$tag\$" /proc/[0-9]*/environ | cut -d/ -f3; }
        end_all() {
          while pids=$(tagged) && [ -n "$pids" ]; do kill -9 $pids 2>/dev/null; sleep 0.05; done
          [ -z "$leftover" ] || rm -rf "$leftover"
          eval "$last"
        }
        { cat; end_all; } | env "SLUICE_RIG=$tag" "$@" 2>&3
        """;

    private readonly Process _keeper;
    private readonly string _tag;

    private Guarded(Process keeper, string tag)
    {
        _keeper = keeper;
        _tag = tag;
    }

    /// <summary>What the program writes, when it was started without an output file.</summary>
    public StreamReader Output => _keeper.StandardOutput;

    /// <summary>What the program reads.</summary>
    public StreamWriter Input => _keeper.StandardInput;

    /// <summary>Whether any process of the program's is alive.</summary>
    public bool IsAlive => Tagged().Any();

    /// <summary>Starts a program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Added to this process's environment.</param>
    /// <param name="outputFile">Where its output goes; null for <see cref="Output"/>.</param>
    /// <param name="leftover">A folder that is deleted with it.</param>
    /// <param name="onEnd">What the shell does last.</param>
    public static Guarded Start(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, string? outputFile = null, string leftover = "", string onEnd = "")
    {
        var tag = Guid.NewGuid().ToString("N");
        var start = new ProcessStartInfo("setsid", ["bash", "-c", Keeper, "keeper", tag, outputFile ?? "-", leftover, onEnd, .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = outputFile is not null,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start) ?? throw new InvalidOperationException("setsid did not start."), tag);
    }

    /// <summary>Sends a signal such as <c>STOP</c> or <c>KILL</c> to the program's processes, or to those of them that run one executable.</summary>
    public void Signal(string signal, string? executable = null)
    {
        var targets = Tagged().Where(pid => executable is null || NameOf(pid) == executable).Select(pid => pid.ToString(CultureInfo.InvariantCulture)).ToArray();
        if (targets.Length > 0)
        {
            using var kill = Process.Start("kill", [$"-{signal}", .. targets]);
            kill.WaitForExit();
        }
    }

    /// <summary>Ends the program at once and waits until nothing is left of it.</summary>
    public async ValueTask DisposeAsync()
    {
        _keeper.StandardInput.Close();
        await _keeper.WaitForExitAsync();
        _keeper.Dispose();
    }

    private static string? NameOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return null; // It ended meanwhile.
        }
    }

    private IEnumerable<int> Tagged()
    {
        var mark = $"SLUICE_RIG={_tag}\0";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && Says(folder, mark))
            {
                yield return pid;
            }
        }
    }

    private static bool Says(string folder, string mark)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Contains(mark, StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false; // It ended meanwhile, or belongs to somebody else.
        }
    }
}
