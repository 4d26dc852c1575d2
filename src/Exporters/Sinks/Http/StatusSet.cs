using System.Collections;
using System.Globalization;

namespace Sluice.Exporters.Sinks.Http;

/// <summary>A set of HTTP status codes, written as codes and ranges.</summary>
internal sealed class StatusSet
{
    private readonly BitArray _codes = new(1000);

    /// <summary>Reads <c>404</c> and <c>400-499</c>.</summary>
    /// <exception cref="SinkSettingsException">An entry is neither.</exception>
    public static StatusSet Parse(IEnumerable<string> entries, string sink, string key)
    {
        var set = new StatusSet();
        foreach (var entry in entries)
        {
            var ends = entry.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || !TryCode(ends[0], out var first) || !TryCode(ends[^1], out var last) || last < first)
            {
                throw new SinkSettingsException(sink, key, $"'{entry}' is not a status code; write a code such as 404 or a range such as \"400-499\".");
            }

            for (var code = first; code <= last; code++)
            {
                set._codes[code] = true;
            }
        }

        return set;
    }

    public bool Contains(int code) => code is >= 0 and < 1000 && _codes[code];

    private static bool TryCode(string text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 999;
}
