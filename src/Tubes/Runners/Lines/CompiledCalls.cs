using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Watching;

namespace Sluice.Tubes.Runners.Lines;

/// <summary>
/// The calls of a straight line that are made by code written for it, which asks no questions: it takes every signal before it to be there,
/// and of what a call gave writes down the value alone. Where a signal is absent, the rest of the epoch is made up of single calls.
/// </summary>
internal sealed class CompiledCalls(CallBook book, IReadOnlyList<PlanNode> order, EpochFrame frame, AbsentInputs absent, LineWatch watch)
{
    // A line that takes few epochs is not worth the compiler's time.
    private const int EpochsToCompile = 64;

    private readonly SignalCell[] _cells = frame.Cells;
    private LineSegment?[]? _segments;
    private LineHooks _hooks;
    private bool[] _isCompiled = [];
    private bool _hasAbsent = true;
    private int _epochs;
    private int _end;
    private int _settled;

    /// <summary>Begins an epoch. Gives whether it goes by compiled calls, so far as there are any.</summary>
    public bool Begin(bool mayRun)
    {
        _end = 0;
        _settled = 0;
        if (!mayRun || (_segments is null && _epochs++ < EpochsToCompile))
        {
            return false;
        }

        if (_segments is null || _hooks != watch.Hooks)
        {
            Compile();
        }

        _end = order.Count;
        if (_hasAbsent)
        {
            ForgetAbsent();
        }

        return true;
    }

    /// <summary>Whether the calls from this place on can be made with <see cref="Run"/>.</summary>
    public bool CanRun(int place) => place < _end && _segments![place] is not null;

    /// <summary>Whether the call at a place is made with <see cref="Run"/> in this epoch.</summary>
    public bool Has(int place) => place < _end && _isCompiled[place];

    /// <summary>As <see cref="StraightLine.Run"/>.</summary>
    public LineStop Run(ref int place, CallClock clock, CancellationToken cancellationToken, out Exception? failure)
    {
        var segment = _segments![place]!;
        var begun = clock.Time;
        int stopped;
        try
        {
            stopped = segment.Code(_cells, frame.Inputs, clock, watch, cancellationToken);
        }
        catch (Exception thrown) when (clock.Time % 2 == 1)
        {
            // The node's. Whatever a node throws is the caller's to judge.
            place += (int)((clock.Time - begun) / 2);
            clock.Time++;
            failure = thrown;
            return LineStop.Failed;
        }

        (place, var stop) = (stopped / LineSegment.Stops, (LineStop)(stopped % LineSegment.Stops));
        failure = null;
        if (stop == LineStop.NoEvent)
        {
            FindAbsent(place);
        }

        return stop;
    }

    /// <summary>As <see cref="StraightLine.Write"/>.</summary>
    public void Write(int place, object?[] results)
    {
        for (var index = 0; index < results.Length; index++)
        {
            _cells[order[place].FirstSignal + index].Value = results[index];
        }

        _end = place + 1;
        FindAbsent(place);
    }

    /// <summary>A signal is absent: what comes after this place may not run in this epoch, and compiled calls do not ask.</summary>
    public void Leave(int place)
    {
        _hasAbsent = true;
        _end = Math.Min(_end, place + 1);
    }

    /// <summary>The next call before a place that was compiled, and of which nothing but the values is known; -1 when there is none.</summary>
    public int NextToSettle(int place)
    {
        while (_settled < place && _settled < _end)
        {
            if (_isCompiled[_settled++])
            {
                return _settled - 1;
            }
        }

        return -1;
    }

    /// <summary>Takes what a compiled call gave.</summary>
    public void Take(NodeInvocation call)
    {
        for (var index = 0; index < call.Results.Length; index++)
        {
            call.Results[index] = _cells[call.Node.FirstSignal + index].Value;
        }
    }

    /// <summary>Takes the code for those who watch now.</summary>
    private void Compile()
    {
        _hooks = watch.Hooks;
        _segments = book.Compile(order, _hooks);
        _isCompiled = new bool[order.Count];
        for (var place = 0; place < _segments.Length; place++)
        {
            _isCompiled.AsSpan(place, (_segments[place]?.End ?? place) - place).Fill(true);
        }
    }

    private void FindAbsent(int place)
    {
        var node = order[place];
        for (var signal = node.FirstSignal; signal < node.FirstSignal + node.SignalCount; signal++)
        {
            if (ReferenceEquals(_cells[signal].Value, NoEvent.Value))
            {
                _cells[signal].State = SignalState.Absent;
                absent.GaveNothing(signal);
                Leave(place);
            }
        }
    }

    private void ForgetAbsent()
    {
        foreach (ref var cell in _cells.AsSpan())
        {
            cell.State = SignalState.Present;
        }

        _hasAbsent = false;
    }
}
