using System.Text;
using Sluice.Exporters.Sinks;

namespace Sluice.Exporters.Tests;

/// <summary>Items with keys that count up.</summary>
internal static class Items
{
    public static SinkItem Json(int number, string json) => new() { Key = $"pool-{number}", Payload = Encoding.UTF8.GetBytes(json) };

    public static IReadOnlyList<SinkItem> Of(params string[] jsons) => [.. jsons.Select((json, i) => Json(i + 1, json))];

    public static IReadOnlyList<SinkItem> Numbered(int count, int from = 1) =>
        [.. Enumerable.Range(from, count).Select(number => Json(number, $$"""{"n":{{number}}}"""))];
}
