using System.Diagnostics;

namespace Sluice.Instruments.Bench;

/// <summary>This program once more, for a measurement that wants a process of its own.</summary>
internal static class Child
{
    /// <summary>Runs it and gives the one line that it writes.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        Array.ForEach(arguments, start.ArgumentList.Add);
        using var child = Process.Start(start)!;
        var line = await child.StandardOutput.ReadLineAsync();
        await child.WaitForExitAsync();
        return line ?? throw new InvalidOperationException($"The process '{string.Join(' ', arguments)}' of this bench ended with exit code {child.ExitCode} and said nothing.");
    }
}
