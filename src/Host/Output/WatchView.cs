using System.Globalization;
using Sluice.Instruments.Sampling;
using Sluice.Tubes.Events;
using Sluice.Tubes.Reports;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sluice.Host.Output;

/// <summary>A terminal on which the run is watched: a table of nodes and one of sinks, drawn again with each progress; the last value below.</summary>
internal sealed class WatchView : IRunView
{
    private const string Dim = "grey";

    // What the columns of numbers and the borders of the sinks' table take.
    private const int BesidesTrouble = 46;

    // And those of the nodes' table.
    private const int BesidesNodes = 58;

    // So long is worth a word although no attempt has failed: the sink may hang.
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(5);

    private readonly IAnsiConsole _console;
    private readonly TerminalView _after;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _live;
    private LiveDisplayContext? _context;
    private Action? _ended;
    private RunProgress? _before;
    private double _rate;
    private string _last = "";

    public WatchView(IAnsiConsole console)
    {
        _console = console;
        _after = new TerminalView(console);
        _live = console.Live(new Text("starting")).AutoClear(true).Overflow(VerticalOverflow.Ellipsis).Cropping(VerticalOverflowCropping.Bottom).StartAsync(context =>
        {
            _context = context;
            return _over.Task;
        });
    }

    public bool WantsEvents => false;

    public bool WantsNodes => true;

    public void Note(string line) => Print(() => _console.WriteLine(line));

    public void Alarm(string line) => Print(() => _console.MarkupLineInterpolated($"[yellow]{line}[/]"));

    public void Event(TubeEvent happened)
    {
    }

    public void Returned(string epoch, object? value) => Volatile.Write(ref _last, $"{epoch}  {PlainView.Excerpt(value)}");

    public void Progress(RunProgress progress)
    {
        lock (_gate)
        {
            if (_before is { } before && progress.Elapsed > before.Elapsed)
            {
                _rate = (progress.Events - before.Events) / (progress.Elapsed - before.Elapsed).TotalSeconds;
            }

            _before = progress;
            _context?.UpdateTarget(Frame(progress));
        }
    }

    public void Ended(IReadOnlyList<Report> reports, RunOutcome outcome) => _ended = () =>
    {
        _console.WriteLine(Volatile.Read(ref _last));
        _after.Ended(reports, outcome);
    };

    /// <summary>Clears what is live, then says what came of the run.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _context = null;
        }

        _over.TrySetResult();
        await _live;
        _ended?.Invoke();
        await _after.DisposeAsync();
    }

    private void Print(Action print)
    {
        lock (_gate)
        {
            print();
        }
    }

    private Rows Frame(RunProgress progress)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Elapsed:hh\\:mm\\:ss}  {progress.Epochs:N0} epochs, {progress.Events:N0} events ({_rate:N0} events/s), {progress.Returned:N0} values returned");
        IRenderable sinks = progress.Sinks.Count == 0 ? new Text("") : Sinks(progress.Sinks);
        var last = Volatile.Read(ref _last);
        var width = Math.Max(1, _console.Profile.Width - 1);
        return new Rows(new Text(line), Nodes(progress.Nodes), sinks, new Text(last.Length <= width ? last : last[..width], Style.Parse(Dim)));
    }

    private Table Nodes(IReadOnlyList<(string Node, NodeSample? Sample)> nodes)
    {
        // On a narrow terminal numbers would break in two: then those that say least are left out, and the borders.
        var isNarrow = _console.Profile.Width < nodes.Select(node => node.Node.Length).DefaultIfEmpty(0).Max() + BesidesNodes;
        var table = Columns("node", "calls/s", "time", "at work", "waiting", "failed");
        if (isNarrow)
        {
            table = Columns("node", "calls/s", "time", "failed").NoBorder();
        }

        foreach (var (node, sample) in nodes)
        {
            string[] cells = sample is null
                ? [Markup.Escape(node), "-", "-", "-", "-", "-"]
                :
                [
                    Markup.Escape(node),
                    Number($"{sample.CallsPerSecond:N0}"),
                    Summary.Time(sample.MeanTime),
                    Number($"{sample.Busy:N1}"),
                    Number($"{sample.Waiting:N1}"),
                    sample.Faults == 0 ? "-" : Number($"[red]{sample.Faults:N0}[/]"),
                ];
            table.AddRow(isNarrow ? [cells[0], cells[1], cells[2], cells[5]] : cells);
        }

        return table;
    }

    private Table Sinks(IReadOnlyList<SinkProgress> sinks)
    {
        var room = Math.Max(10, _console.Profile.Width - BesidesTrouble - sinks.Max(sink => sink.Name.Length));
        var table = Columns("sink", "sent", "owed", "dead", "trouble");
        table.Columns[4].Alignment = Justify.Left;
        foreach (var sink in sinks)
        {
            var outlook = Outlook(sink);
            var shown = outlook.Length <= room ? outlook : outlook[..(room - 1)] + "…";
            table.AddRow(Markup.Escape(sink.Name), Number($"{sink.Sent:N0}"), Number($"{sink.Owed:N0}"), Number($"{sink.Dead:N0}"), Markup.Escape(shown));
        }

        return table;
    }

    private static string Outlook(SinkProgress sink) => sink switch
    {
        { Trouble: { } trouble } => trouble,
        { NoProgressFor: { } silence } when silence > LongSilence => Number($"nothing has gone out for {silence.TotalSeconds:N0} s"),
        { DrainsIn: { } left } when left > LongSilence => Number($"drained in {left.TotalSeconds:N0} s at this pace"),
        _ => "",
    };

    private static Table Columns(params string[] names)
    {
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var name in names)
        {
            var column = new TableColumn($"[{Dim}]{name}[/]") { NoWrap = true };
            table.AddColumn(name == names[0] ? column : column.RightAligned());
        }

        return table;
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
