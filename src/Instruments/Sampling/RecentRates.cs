namespace Sluice.Instruments.Sampling;

/// <summary>The rates of calls over the last few whiles in which they were counted.</summary>
/// <param name="most">How many whiles.</param>
internal sealed class RecentRates(int most)
{
    private readonly Queue<(Dictionary<(string?, string), long> Calls, TimeSpan Looked)> _counted = [];

    /// <summary>What was counted in one more.</summary>
    public void Add(Dictionary<(string?, string), long> calls, TimeSpan looked)
    {
        _counted.Enqueue((calls, looked));
        if (_counted.Count > most)
        {
            _counted.Dequeue();
        }
    }

    /// <summary>What was counted is out of date.</summary>
    public void Clear() => _counted.Clear();

    /// <summary>The same samples at the rates that were counted: as long a call and as long a wait, but as many as there are.</summary>
    public IReadOnlyList<NodeSample> Correct(IReadOnlyList<NodeSample> samples)
    {
        var seconds = _counted.Sum(counted => counted.Looked.TotalSeconds);
        return seconds == 0 ? samples : [.. samples.Select(sample => At(sample, _counted.Sum(counted => counted.Calls.GetValueOrDefault((sample.Tube, sample.Node))) / seconds))];
    }

    private static NodeSample At(NodeSample sample, double callsPerSecond) => sample with
    {
        CallsPerSecond = callsPerSecond,
        Busy = callsPerSecond * sample.MeanTime.TotalSeconds,
        Waiting = sample.CallsPerSecond == 0 ? sample.Waiting : sample.Waiting * callsPerSecond / sample.CallsPerSecond,
    };
}
