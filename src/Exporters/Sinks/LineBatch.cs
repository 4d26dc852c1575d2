using System.Buffers;

namespace Sluice.Exporters.Sinks;

/// <summary>The lines of one send, with the place of each item in them and what became of it.</summary>
internal sealed class LineBatch
{
    private readonly ArrayBufferWriter<byte> _text;
    private readonly int[] _ends;
    private readonly SinkOutcome[] _outcomes;
    private readonly List<SinkItem> _valid;

    /// <summary>Writes the items' lines; an item that cannot be one has its refusal as outcome and takes no room.</summary>
    public LineBatch(IReadOnlyList<SinkItem> items, Envelope envelope)
    {
        _text = new ArrayBufferWriter<byte>(Math.Max(256, items.Count * 256));
        _ends = new int[items.Count];
        _outcomes = new SinkOutcome[items.Count];
        _valid = new List<SinkItem>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (JsonLines.Refusal(items[i]) is { } refusal)
            {
                _outcomes[i] = refusal;
            }
            else
            {
                _outcomes[i] = SinkOutcome.Delivered.Silently;
                _valid.Add(items[i]);
                JsonLines.Write(items[i], envelope, _text);
            }

            _ends[i] = _text.WrittenCount;
        }
    }

    /// <summary>The items that have a line.</summary>
    public IReadOnlyList<SinkItem> Valid => _valid;

    public IReadOnlyList<SinkOutcome> Outcomes => _outcomes;

    public ReadOnlyMemory<byte> AllLines => _text.WrittenMemory;

    public ReadOnlySpan<byte> Lines(int from, int to) => _text.WrittenSpan[Start(from).._ends[to - 1]];

    /// <summary>The first item from <paramref name="from"/> on that does not fit into so many bytes.</summary>
    public int EndOfWhatFits(int from, long room, bool atLeastOne)
    {
        var start = Start(from);
        var to = from;
        while (to < _ends.Length && (_ends[to] - start <= room || (atLeastOne && Start(to) == start)))
        {
            to++;
        }

        return to;
    }

    /// <summary>Gives the items with a line, from an index on, this outcome; a refusal stays.</summary>
    public void Settle(SinkOutcome outcome, int from = 0)
    {
        for (var i = from; i < _outcomes.Length; i++)
        {
            if (_outcomes[i] is SinkOutcome.Delivered)
            {
                _outcomes[i] = outcome;
            }
        }
    }

    private int Start(int index) => index == 0 ? 0 : _ends[index - 1];
}
