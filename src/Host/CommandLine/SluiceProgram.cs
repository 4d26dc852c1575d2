using System.CommandLine;
using System.Runtime.InteropServices;
using Sluice.Host.Commands;
using Sluice.Host.Members;

namespace Sluice.Host.CommandLine;

/// <summary>The <c>sluice</c> program: parses the command line, runs one command, turns its outcome into an exit code.</summary>
internal static class SluiceProgram
{
    private static readonly InvocationConfiguration Invocation = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
        return await RunAsync(args, stop.Token).ConfigureAwait(false);

        // The second signal finds the token already fired and is left to the default: the process ends at once.
        void StopOnce(PosixSignalContext signal)
        {
            signal.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    private static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await Console.Error.WriteLineAsync(Usage.Explain(parsed)).ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(Invocation, cancellationToken).ConfigureAwait(false);
        }
        catch (UsageException fault)
        {
            await Console.Error.WriteLineAsync($"sluice: {fault.Message}").ConfigureAwait(false);
            return ExitCode.WrongUsage;
        }
        catch (Exception fault)
        {
            await Console.Error.WriteLineAsync($"sluice: {Failure.Describe(fault)}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    private static RootCommand Root() => new("Runs tubes: graphs of plain C# methods, described in YAML.")
    {
        RunCommand.Create(),
        ValidateCommand.Create(),
        GraphCommand.Create(),
        SendItemsCommand.Create(),
        JournalCommand.Create(),
        MemberCommand.Create(),
        MembersCommand.Create(),
        SinkCommand.Create(),
    };
}
