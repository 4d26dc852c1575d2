using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Acceptance.Tests;

/// <summary>
/// What a reader computes from the feed by other means: regular expressions over the text, no JSON reader, no tube.
/// </summary>
internal sealed partial class EarthquakeFigures
{
    private static readonly string[] Named = ["California", "Alaska", "Nevada", "Hawaii", "Puerto Rico", "Washington", "Montana", "Utah"];
    private readonly List<(string Class, string Region, double Magnitude)> _events;

    private EarthquakeFigures(List<(string Class, string Region, double Magnitude)> events) => _events = events;

    public int Events => _events.Count;

    public double Strongest => _events.Max(quake => quake.Magnitude);

    public static EarthquakeFigures Read(string feed)
    {
        var events = FeatureText().Matches(File.ReadAllText(feed)).Select(match =>
        {
            var magnitude = double.Parse(match.Groups["mag"].Value, CultureInfo.InvariantCulture);
            var region = match.Groups["place"].Value.Split(',')[^1].Trim();
            region = region == "CA" ? "California" : region;
            return (ClassOf(match.Groups["type"].Value, magnitude), Named.Contains(region) ? region : "elsewhere", magnitude);
        });
        return new EarthquakeFigures(events.ToList());
    }

    public int Count(string region, string @class) => _events.Count(quake => (region == "all" || quake.Region == region) && (@class == "all" || quake.Class == @class));

    public int CountOfClass(string @class) => Count("all", @class);

    private static string ClassOf(string type, double magnitude) =>
        type != "earthquake" ? "blast" : magnitude >= 5 ? "strong" : magnitude >= 3 ? "light" : magnitude >= 1 ? "minor" : "micro";

    [GeneratedRegex("""\{"type":"Feature","properties":\{"mag":(?<mag>[-0-9.]+),"place":"(?<place>[^"]*)".*?,"type":"(?<type>[a-z ]+)","title":""")]
    private static partial Regex FeatureText();
}
