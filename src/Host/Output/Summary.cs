using System.Globalization;
using Sluice.Instruments.Sampling;

namespace Sluice.Host.Output;

/// <summary>Puts figures into words, the same for a terminal and for a pipe.</summary>
internal static class Summary
{
    /// <summary>One line that says where a run stands.</summary>
    public static string Of(RunProgress progress)
    {
        var rate = progress.Elapsed > TimeSpan.Zero ? progress.Events / progress.Elapsed.TotalSeconds : 0;
        var line = Format($"{progress.Epochs:N0} epochs, {progress.Events:N0} events ({rate:N0} events/s), {progress.Returned:N0} values returned");
        return string.Join("; ", progress.Sinks.Select(Of).Prepend(line));
    }

    /// <summary>What a sink was sent and is owed.</summary>
    public static string Of(SinkProgress sink)
    {
        var dead = sink.Dead > 0 ? Format($", {sink.Dead:N0} dead") : "";
        var trouble = sink.Owed > 0 && sink.Trouble is not null ? $" ({sink.Trouble})" : "";
        return Format($"{sink.Name}: {sink.Sent:N0} sent, {sink.Owed:N0} owed") + dead + trouble;
    }

    /// <summary>How a node does.</summary>
    public static string Of(string node, NodeSample? sample) => sample is null
        ? $"{node}: not called yet"
        : Format($"{node}: {sample.CallsPerSecond:N0} calls/s, {Time(sample.MeanTime)} each, {sample.Busy:N1} at work, {sample.Waiting:N1} waiting") + (sample.Faults > 0 ? Format($", {sample.Faults:N0} failed") : "");

    /// <summary>A duration in the unit that it is read best in.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        0 => "-",
        < 0.000_1 => Format($"{time.TotalMicroseconds:0.0} µs"),
        < 0.1 => Format($"{time.TotalMilliseconds:0.00} ms"),
        _ => Format($"{time.TotalSeconds:0.00} s"),
    };

    /// <summary>The last lines of a run.</summary>
    public static IEnumerable<string> Of(RunOutcome outcome)
    {
        var progress = outcome.Progress;
        yield return Format($"{(outcome.Stopped ? "Stopped after" : "Done:")} {progress.Epochs:N0} epochs, {progress.Events:N0} events, {progress.Returned:N0} values returned in {progress.Elapsed.TotalSeconds:0.00} s.");
        foreach (var sink in progress.Sinks)
        {
            yield return $"  {Of(sink)}";
        }

        foreach (var place in outcome.Outputs)
        {
            yield return $"  {place}";
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
