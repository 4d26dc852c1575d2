using System.Diagnostics;

namespace Sluice.Exporters.Tests;

/// <summary>Programs of the machine that a test needs beside its own.</summary>
internal static class Commands
{
    /// <summary>Runs a program to its end and says whether it succeeded.</summary>
    public static bool Try(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    public static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");
}
