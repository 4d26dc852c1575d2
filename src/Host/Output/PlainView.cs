using System.Globalization;
using System.Text;
using Sluice.Tubes.Events;
using Sluice.Tubes.Reports;

namespace Sluice.Host.Output;

/// <summary>Plain lines, for pipes and logs: each returned value, a line of progress every few seconds, the reports as aligned columns.</summary>
internal sealed class PlainView(TextWriter output, bool showReturned = true, bool events = false, bool nodes = false) : IRunView
{
    private const int ValueWidth = 160;
    // Whoever asks to watch wants to see more often.
    private readonly TimeSpan _progressInterval = TimeSpan.FromSeconds(nodes ? 1 : 5);
    private TimeSpan _nextProgress = TimeSpan.FromSeconds(nodes ? 1 : 5);

    public bool WantsEvents => events;

    public bool WantsNodes => nodes;

    public void Note(string line) => output.WriteLine(line);

    public void Alarm(string line) => Console.Error.WriteLine(line);

    public void Event(TubeEvent happened) => output.WriteLine($"  {happened.Epoch}  {happened.NodeId}.{happened.Signal} = {Excerpt(happened.Value)}");

    public void Returned(string epoch, object? value)
    {
        if (showReturned)
        {
            output.WriteLine($"{epoch}  {Excerpt(value)}");
        }
    }

    public void Progress(RunProgress progress)
    {
        if (progress.Elapsed >= _nextProgress)
        {
            _nextProgress = progress.Elapsed + _progressInterval;
            output.WriteLine(Summary.Of(progress));
            foreach (var (node, sample) in progress.Nodes)
            {
                output.WriteLine("  " + Summary.Of(node, sample));
            }
        }
    }

    public void Ended(IReadOnlyList<Report> reports, RunOutcome outcome)
    {
        foreach (var report in reports)
        {
            output.WriteLine();
            output.WriteLine(report.Title);
            WriteColumns(report);
        }

        output.WriteLine();
        foreach (var line in Summary.Of(outcome))
        {
            output.WriteLine(line);
        }
    }

    public async ValueTask DisposeAsync() => await output.FlushAsync().ConfigureAwait(false);

    /// <summary>A value on one line of bounded width.</summary>
    public static string Excerpt(object? value)
    {
        var text = Encoding.UTF8.GetString(ValueJson.ToUtf8(value));
        return text.Length <= ValueWidth ? text : string.Concat(text.AsSpan(0, ValueWidth - 1), "…");
    }

    private void WriteColumns(Report report)
    {
        var rows = report.Rows.Select(row => row.Select(Cell).ToArray()).Prepend([.. report.Columns]).ToList();
        var widths = report.Columns.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine("  " + string.Join("  ", row.Select((cell, i) => i == 0 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))).TrimEnd());
        }
    }

    private static string Cell(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
