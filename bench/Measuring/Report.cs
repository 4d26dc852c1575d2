using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Measuring;

/// <summary>Prints rows as a table for people, or as one line of JSON each.</summary>
public sealed class Report(string bench, bool asJson)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<Row> _rows = [];

    public void Add(Row row) => Add([row]);

    public void Add(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
        {
            _rows.Add(row);
            if (asJson)
            {
                Console.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
                {
                    ["bench"] = bench,
                    ["case"] = row.Case,
                    ["unit"] = row.Unit,
                    ["ours"] = row.Ours,
                    ["peer"] = row.Peer,
                    ["theirs"] = row.Theirs,
                    ["ratio"] = Math.Round(row.Ratio, 3),
                    ["allocated_bytes_per_op"] = Math.Round(row.AllocatedBytesPerOp, 2),
                }, Plain));
            }
        }
    }

    public void Finish()
    {
        if (asJson)
        {
            return;
        }
        var width = Math.Max(16, _rows.Max(row => row.Case.Length));
        Console.WriteLine($"{"case".PadRight(width)} {"unit",-14} {"ours",14}  {"peer",-14} {"theirs",14} {"ratio",7} {"B/op",8}");
        foreach (var row in _rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Case.PadRight(width)} {row.Unit,-14} {row.Ours,14:N1}  {row.Peer,-14} {row.Theirs,14:N1} {row.Ratio,7:N3} {row.AllocatedBytesPerOp,8:N1}"));
        }
    }
}
