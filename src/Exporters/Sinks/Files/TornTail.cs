using System.Text.Json;

namespace Sluice.Exporters.Sinks.Files;

/// <summary>What a crash leaves behind the last line break of a JSON-lines file, and what makes every line valid again.</summary>
internal static class TornTail
{
    private const int BlockSize = 64 * 1024;

    /// <summary>
    /// Mends the end of a file. A last line that is whole but for its line break gets one; anything else behind the last line break is cut
    /// off. Nothing that was called delivered is ever cut: a line and its break are written together, and the answer follows the write.
    /// </summary>
    /// <returns>How many bytes were cut off.</returns>
    public static long Mend(FileStream file)
    {
        var start = StartOfLastLine(file);
        var torn = file.Length - start;
        if (torn == 0)
        {
            return 0;
        }

        if (IsWhole(file, start, torn))
        {
            file.Position = file.Length;
            file.Write("\n"u8);
            return 0;
        }

        file.SetLength(start);
        return torn;
    }

    private static long StartOfLastLine(FileStream file)
    {
        var block = new byte[BlockSize];
        var end = file.Length;
        while (end > 0)
        {
            var begin = Math.Max(0, end - BlockSize);
            var part = block.AsSpan(0, (int)(end - begin));
            file.Position = begin;
            file.ReadExactly(part);
            var lineBreak = part.LastIndexOf((byte)'\n');
            if (lineBreak >= 0)
            {
                return begin + lineBreak + 1;
            }

            end = begin;
        }

        return 0;
    }

    // A number is never taken for whole: 12 may be what is left of 123.
    private static bool IsWhole(FileStream file, long start, long length)
    {
        if (length > Array.MaxLength)
        {
            return false;
        }

        var line = new byte[length];
        file.Position = start;
        file.ReadExactly(line);
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind is not JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false; // Torn is what this method is asked to find out.
        }
    }
}
