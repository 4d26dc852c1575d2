using System.Diagnostics;
using System.Globalization;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>
/// Keeps what was promised and what was kept, as a store with a fence: a write with a token below the greatest one seen is turned away.
/// </summary>
internal sealed class Ledger
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _acknowledged = [];
    private readonly HashSet<string> _written = [];
    private long _token;
    private long _lastAcknowledged = Stopwatch.GetTimestamp();
    private long _lastWritten = Stopwatch.GetTimestamp();

    public int Acknowledged => Read(() => _acknowledged.Count);

    public int Written => Read(() => _written.Count);

    public int Again { get; private set; }

    public int TurnedAway { get; private set; }

    /// <summary>The longest time without a new acknowledgement, and without a new write.</summary>
    public TimeSpan LongestWait { get; private set; }

    public TimeSpan LongestGap { get; private set; }

    public IReadOnlyList<string> Missing => Read(() => _acknowledged.Except(_written).ToArray());

    /// <summary>Measures waits from now on.</summary>
    public void Mark()
    {
        lock (_gate)
        {
            (LongestWait, LongestGap) = (TimeSpan.Zero, TimeSpan.Zero);
            _lastAcknowledged = _lastWritten = Stopwatch.GetTimestamp();
        }
    }

    public void Heard(string line)
    {
        lock (_gate)
        {
            if (line.StartsWith("acked ", StringComparison.Ordinal))
            {
                _acknowledged.Add(line[6..]);
                LongestWait = Longer(LongestWait, ref _lastAcknowledged);
            }
            else if (line.StartsWith("got ", StringComparison.Ordinal) && line.Split(' ') is [_, var token, var text])
            {
                Write(long.Parse(token, CultureInfo.InvariantCulture), text);
            }
        }
    }

    private void Write(long token, string text)
    {
        if (token < _token)
        {
            TurnedAway++;
            return;
        }

        _token = token;
        LongestGap = Longer(LongestGap, ref _lastWritten);
        if (!_written.Add(text))
        {
            Again++;
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private static TimeSpan Longer(TimeSpan longest, ref long last)
    {
        var wait = Stopwatch.GetElapsedTime(last);
        last = Stopwatch.GetTimestamp();
        return wait > longest ? wait : longest;
    }
}
