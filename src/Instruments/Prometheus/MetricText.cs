using System.Globalization;

namespace Sluice.Instruments.Prometheus;

/// <summary>Writes families of one name as text.</summary>
internal static class MetricText
{
    public static void Write(TextWriter writer, IReadOnlyList<MetricFamily> families)
    {
        var first = families[0];
        var series = families.Where(first.IsLike).SelectMany(family => family.Series)
            .GroupBy(entry => entry.Key, entry => entry.Value.Read())
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (series.Count == 0)
        {
            return;
        }

        writer.Write($"# HELP {first.Name} {first.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n");
        writer.Write($"# TYPE {first.Name} {first.Type}\n");
        foreach (var group in series)
        {
            var sum = group.Sum(read => read.Sum);
            if (first.Type == "histogram")
            {
                WriteHistogram(writer, first.Name, group.Key, first.Bounds, sum, [.. group.Select(read => read.Buckets)]);
            }
            else
            {
                writer.Write($"{first.Name}{Braced(group.Key)} {Number(sum)}\n");
            }
        }
    }

    private static void WriteHistogram(TextWriter writer, string name, string labels, double[] bounds, double sum, long[][] buckets)
    {
        var count = 0L;
        var comma = labels.Length == 0 ? "" : ",";
        for (var i = 0; i <= bounds.Length; i++)
        {
            count += buckets.Sum(one => one[i]);
            var bound = i < bounds.Length ? Number(bounds[i]) : "+Inf";
            writer.Write($"{name}_bucket{{{labels}{comma}le=\"{bound}\"}} {count}\n");
        }

        writer.Write($"{name}_sum{Braced(labels)} {Number(sum)}\n");
        writer.Write($"{name}_count{Braced(labels)} {count}\n");
    }

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
