using Sluice.Tubes.Reports;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners;

/// <summary>What a node may know about where it runs. One per runner; given at init and with every call.</summary>
public sealed class RunnerContext
{
    private readonly Lock _gate = new();
    private readonly List<Report> _reports = [];

    /// <summary>The runner's id, 8 hexadecimal digits.</summary>
    public required string RunnerId { get; init; }

    /// <summary>The id of the tube being run.</summary>
    public required string TubeId { get; init; }

    /// <summary>The clock that the run goes by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The folder of the tube's file; the current folder for a tube that was not read from a file.</summary>
    public string TubeFolder { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Where the events of nested tubes go; null when the runner does not pass them on.</summary>
    internal IEventSink? Events { get; init; }

    /// <summary>Who watches the runner, and so what is inside.</summary>
    internal TubeWatch? Watching { get; init; }

    /// <summary>What nodes have reported so far, in order.</summary>
    public IReadOnlyList<Report> Reports
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports];
            }
        }
    }

    /// <summary>The full path of a file that a tube names: relative paths start at the tube's own folder, so that a tube runs from anywhere.</summary>
    public string PathBesideTube(string path) => Path.GetFullPath(path, TubeFolder);

    /// <summary>Hands a table over, to be shown when the run ends. Usually called from a node's <c>Deinit</c>; safe from any thread.</summary>
    public void Report(Report report)
    {
        lock (_gate)
        {
            _reports.Add(report);
        }
    }
}
