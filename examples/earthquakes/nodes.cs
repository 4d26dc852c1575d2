using System.Text.Json;
using Sluice.Tubes;
using Sluice.Tubes.Reports;
using Sluice.Tubes.Runners;

/// <summary>One event of the feed, cleaned: times as UTC, the region spelled out, depth in kilometres.</summary>
public sealed record Quake(string Id, DateTimeOffset Time, double Magnitude, double DepthKm, string Kind, string Region)
{
    public string Class { get; init; } = "";
}

/// <summary>What a batch of quakes had in common.</summary>
public sealed record Summary(
    int Events, DateTimeOffset From, DateTimeOffset To, double MeanMagnitude, double MaxMagnitude, string Strongest,
    double MeanDepthKm, IReadOnlyDictionary<string, int> ByClass, IReadOnlyDictionary<string, int> ByRegion);

public static class Earthquakes
{
    private static readonly Dictionary<string, string> Spelled = new() { ["CA"] = "California", ["MX"] = "Mexico" };

    private static readonly HashSet<string> Regions =
        ["California", "Alaska", "Nevada", "Hawaii", "Puerto Rico", "Washington", "Montana", "Utah"];

    /// <summary>The feed, oldest event first; with each event the size of the batch that it will be part of.</summary>
    public static IEnumerable<(JsonElement feature, int batch)> Feed(string path, int batch, RunnerContext context)
    {
        // Kept by the garbage collector, not by this method: nodes still work on the last events when the source has ended.
        var features = JsonElement.Parse(File.ReadAllBytes(context.PathBesideTube(path))).GetProperty("features");
        var count = features.GetArrayLength();
        for (var i = 0; i < count; i++)
        {
            yield return (features[count - 1 - i], Math.Min(batch, count - i / batch * batch));
        }
    }

    public static Quake Clean(JsonElement feature)
    {
        var properties = feature.GetProperty("properties");
        var place = properties.GetProperty("place").GetString() ?? "";
        var region = place[(place.LastIndexOf(',') + 1)..].Trim();
        return new Quake(
            feature.GetProperty("id").GetString()!,
            DateTimeOffset.FromUnixTimeMilliseconds(properties.GetProperty("time").GetInt64()),
            properties.GetProperty("mag").GetDouble(),
            feature.GetProperty("geometry").GetProperty("coordinates")[2].GetDouble(),
            properties.GetProperty("type").GetString()!,
            Spelled.GetValueOrDefault(region, region));
    }

    /// <summary>The USGS's words for magnitudes; what people set off is a class of its own.</summary>
    public static (Quake quake, string magnitude, string region) Classify(Quake quake)
    {
        var magnitude = quake switch
        {
            { Kind: not "earthquake" } => "blast",
            { Magnitude: < 1 } => "micro",
            { Magnitude: < 3 } => "minor",
            { Magnitude: < 5 } => "light",
            _ => "strong",
        };
        return (quake with { Class = magnitude }, magnitude, Regions.Contains(quake.Region) ? quake.Region : "elsewhere");
    }

    public static Summary Summarise(IReadOnlyList<Quake> quakes)
    {
        var strongest = quakes.MaxBy(quake => quake.Magnitude)!;
        return new Summary(
            quakes.Count, quakes.Min(quake => quake.Time), quakes.Max(quake => quake.Time),
            Math.Round(quakes.Average(quake => quake.Magnitude), 3), strongest.Magnitude, strongest.Id,
            Math.Round(quakes.Average(quake => quake.DepthKm), 3), Count(quakes, quake => quake.Class), Count(quakes, quake => quake.Region));
    }

    private static SortedDictionary<string, int> Count(IEnumerable<Quake> quakes, Func<Quake, string> by) =>
        new(quakes.GroupBy(by).ToDictionary(group => group.Key, group => group.Count()), StringComparer.Ordinal);
}

/// <summary>Counts every event by class and region, and reports the table when the run ends.</summary>
public sealed class Tally
{
    private static readonly string[] Classes = ["micro", "minor", "light", "strong", "blast"];
    private readonly SortedDictionary<string, int[]> _regions = new(StringComparer.Ordinal);
    private int _events;

    public int Process(string magnitude, string region)
    {
        if (!_regions.TryGetValue(region, out var counts))
        {
            _regions[region] = counts = new int[Classes.Length];
        }

        counts[Array.IndexOf(Classes, magnitude)]++;
        return ++_events;
    }

    public void Deinit(RunnerContext context)
    {
        var rows = _regions
            .OrderByDescending(region => region.Value.Sum())
            .Select(region => (IReadOnlyList<object>)[region.Key, .. region.Value, region.Value.Sum()]);
        var total = Classes.Select((_, i) => _regions.Values.Sum(counts => counts[i]));
        context.Report(new Report("Earthquakes by region and class", ["region", .. Classes, "all"], [.. rows, ["all", .. total, _events]]));
    }
}
