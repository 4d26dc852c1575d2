using System.Globalization;
using Sluice.Tubes.Events;
using Sluice.Tubes.Reports;
using Spectre.Console;

namespace Sluice.Host.Output;

/// <summary>A terminal: returned values scroll by, the progress stays below them and is drawn again at most four times a second.</summary>
internal sealed class TerminalView(IAnsiConsole console, bool events = false) : IRunView
{
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private TimeSpan _nextFrame = TimeSpan.Zero;
    private RunProgress? _latest;
    private int _drawn;

    public bool WantsEvents => events;

    public void Note(string line) => Print(line);

    public void Alarm(string line)
    {
        lock (_gate)
        {
            Erase();
            Console.Error.WriteLine(line);
            Draw();
        }
    }

    public void Event(TubeEvent happened) => Print($"  {happened.Epoch}  {happened.NodeId}.{happened.Signal} = {PlainView.Excerpt(happened.Value)}");

    public void Returned(string epoch, object? value) => Print($"{epoch}  {PlainView.Excerpt(value)}");

    public void Progress(RunProgress progress)
    {
        lock (_gate)
        {
            _latest = progress;
            if (progress.Elapsed >= _nextFrame)
            {
                _nextFrame = progress.Elapsed + FrameInterval;
                Erase();
                Draw();
            }
        }
    }

    public void Ended(IReadOnlyList<Report> reports, RunOutcome outcome)
    {
        lock (_gate)
        {
            Erase();
            _latest = null;
            foreach (var report in reports)
            {
                console.WriteLine();
                console.Write(Table(report));
            }

            console.WriteLine();
            foreach (var line in Summary.Of(outcome))
            {
                console.WriteLine(line);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            Erase();
        }

        return ValueTask.CompletedTask;
    }

    private void Print(string line)
    {
        lock (_gate)
        {
            Erase();
            console.WriteLine(line.Length <= console.Profile.Width ? line : string.Concat(line.AsSpan(0, console.Profile.Width - 1), "…"));
            Draw();
        }
    }

    private void Draw()
    {
        if (_latest is null)
        {
            return;
        }

        var lines = Summary.Of(_latest with { Sinks = [] }).Split('\n').Concat(_latest.Sinks.Select(sink => "  " + Summary.Of(sink))).ToList();
        foreach (var line in lines)
        {
            console.MarkupLineInterpolated($"[grey]{(line.Length < console.Profile.Width ? line : line[..(console.Profile.Width - 1)])}[/]");
        }

        _drawn = lines.Count;
    }

    // CSI n F goes n lines up, CSI J clears what is below.
    private void Erase()
    {
        if (_drawn > 0)
        {
            console.Profile.Out.Writer.Write(string.Create(CultureInfo.InvariantCulture, $"\u001b[{_drawn}F\u001b[J"));
            console.Profile.Out.Writer.Flush();
            _drawn = 0;
        }
    }

    private static Table Table(Report report)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(report.Title)) };
        foreach (var (name, index) in report.Columns.Select((name, index) => (name, index)))
        {
            var column = new TableColumn(Markup.Escape(name));
            table.AddColumn(index == 0 ? column : column.RightAligned());
        }

        foreach (var row in report.Rows)
        {
            table.AddRow([.. row.Select(cell => Markup.Escape(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? ""))]);
        }

        return table;
    }
}
