using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Sources;

/// <summary>
/// A project whose output is node code. It is built when a file of it, or of a project it refers to, has changed since the last build that we
/// know of; a note in the cache folder says where the output is and what the files were like.
/// </summary>
internal sealed class ProjectBuild(string project, string? cacheFolder)
{
    private const int MostLines = 30;

    private string? Note => cacheFolder is null ? null : Path.Combine(cacheFolder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project))) + ".project");

    /// <exception cref="NodeSourceException">The project does not build; says what the compiler said.</exception>
    public async Task<string> OutputAsync(CancellationToken cancellationToken)
    {
        if (Note is { } note && File.Exists(note)
            && await File.ReadAllLinesAsync(note, cancellationToken).ConfigureAwait(false) is [var output, var state]
            && File.Exists(output) && state == ProjectState.Of(project, output))
        {
            return output;
        }

        var built = await BuildAsync(cancellationToken).ConfigureAwait(false);
        if (Note is { } place)
        {
            await File.WriteAllLinesAsync(place, [built, ProjectState.Of(project, built)], cancellationToken).ConfigureAwait(false);
        }

        return built;
    }

    private async Task<string> BuildAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        string[] arguments =
            ["msbuild", project, "-restore", "-t:Build", "-p:Configuration=Release", "-p:UseSharedCompilation=false", "-getProperty:TargetPath", "-v:q", "-nologo", "-nodeReuse:false"];
        Array.ForEach(arguments, start.ArgumentList.Add);

        using var process = Start(start);
        var answers = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken))
            .ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        var output = answers[0].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "";
        return process.ExitCode == 0 && File.Exists(output) ? output : throw Refused(answers);
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new NodeSourceException($"{project} needs the .NET SDK to build, and `{start.FileName}` does not start.");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new NodeSourceException($"{project} needs the .NET SDK to build, and `{start.FileName}` is not on the PATH: install it, or give the built .dll.", missing);
        }
    }

    private NodeSourceException Refused(string[] answers)
    {
        var lines = answers
            .SelectMany(answer => answer.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .Take(MostLines)
            .ToList();
        return new NodeSourceException($"{project} does not build:{string.Concat(lines.Select(line => $"{Environment.NewLine}  {line}"))}");
    }
}
