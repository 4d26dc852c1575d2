using System.CommandLine;
using Sluice.Host.CommandLine;

namespace Sluice.Host.Commands;

/// <summary><c>sluice validate</c>: everything that can be known about a tube without running it.</summary>
internal static class ValidateCommand
{
    private static readonly TubeArguments Tube = new();

    public static Command Create()
    {
        var command = new Command("validate", "Reads a tube, compiles its nodes and binds them; starts nothing.");
        Tube.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var tube = await Tube.Read(parsed).LoadAsync(cancellationToken).ConfigureAwait(false);
        foreach (var warning in tube.Warnings)
        {
            await Console.Error.WriteLineAsync(warning).ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync($"{tube.Id} is valid: {Count(tube.Nodes.Count, "node")}, {Count(tube.Assets.Count, "asset")}.").ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
