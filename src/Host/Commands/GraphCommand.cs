using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Tubes.Drawing;

namespace Sluice.Host.Commands;

/// <summary><c>sluice graph</c>: a tube as a picture.</summary>
internal static class GraphCommand
{
    private static readonly TubeArguments Tube = new();

    private static readonly Option<string?> Svg = new("--svg") { Description = "Write the picture as SVG to this file; '-' for standard output. Otherwise it is text." };

    private static readonly Option<bool> Open = new("--open") { Description = "Draw nested tubes with what is inside them." };

    public static Command Create()
    {
        var command = new Command("graph", "Draws a tube: nodes, slots, signals, assets, nested tubes.");
        Tube.AddTo(command);
        command.Options.Add(Svg);
        command.Options.Add(Open);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var tube = await Tube.Read(parsed).LoadAsync(cancellationToken).ConfigureAwait(false);
        var graph = TubeGraph.Of(tube, parsed.GetValue(Open));
        var file = parsed.GetValue(Svg);
        if (file is null or "-")
        {
            await Console.Out.WriteAsync(file is null ? TextDrawing.Draw(graph) : SvgDrawing.Draw(graph)).ConfigureAwait(false);
        }
        else
        {
            await File.WriteAllTextAsync(file, SvgDrawing.Draw(graph), cancellationToken).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{tube.Id} is drawn in {Path.GetFullPath(file)}.").ConfigureAwait(false);
        }

        return ExitCode.Done;
    }
}
