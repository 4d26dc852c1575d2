using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace Sluice.Tubes.Nodes.Sources;

/// <summary>Cuts a stream of bytes into lines of UTF-8 text.</summary>
internal static class TextLines
{
    /// <summary>Reads until the stream ends. Reads no further while <paramref name="take"/> has not taken a line.</summary>
    public static async Task ReadAsync(Stream stream, int maxLine, Func<string, ValueTask> take, CancellationToken cancellationToken)
    {
        // The stream is its owner's to close.
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = read.Buffer;
            while (TryTakeLine(ref rest, maxLine, read.IsCompleted, out var line))
            {
                await take(line).ConfigureAwait(false);
            }

            reader.AdvanceTo(rest.Start, rest.End);
            if (read.IsCompleted)
            {
                await reader.CompleteAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    private static bool TryTakeLine(ref ReadOnlySequence<byte> rest, int maxLine, bool isEnd, out string line)
    {
        line = "";
        if (rest.PositionOf((byte)'\n') is { } newline && rest.GetOffset(newline) - rest.GetOffset(rest.Start) <= maxLine)
        {
            line = Encoding.UTF8.GetString(rest.Slice(0, newline)).TrimEnd('\r');
            rest = rest.Slice(rest.GetPosition(1, newline));
            return true;
        }

        var length = Math.Min(rest.Length, maxLine);
        if (length == 0 || (rest.Length <= maxLine && !isEnd))
        {
            return false;
        }

        var piece = rest.Slice(0, rest.Length <= maxLine ? length : WholeCharacters(rest, length));
        line = Encoding.UTF8.GetString(piece);
        rest = rest.Slice(piece.End);
        return true;
    }

    // A character has at most four bytes, of which all but the first look like 10xxxxxx.
    private static long WholeCharacters(ReadOnlySequence<byte> text, long length)
    {
        for (var end = length; end > length - 4; end--)
        {
            if ((text.Slice(end).FirstSpan[0] & 0xC0) != 0x80)
            {
                return end;
            }
        }

        return length;
    }
}
