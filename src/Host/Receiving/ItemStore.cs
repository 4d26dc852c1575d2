using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Host.Receiving;

/// <summary>A file of lines <c>{"key":"…","item":…}</c>. A request's lines are written with one write, so a kill leaves no half request behind.</summary>
internal sealed class ItemStore : IAsyncDisposable
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly FileStream _file;

    /// <summary>Opens or creates the file, to append.</summary>
    /// <exception cref="IOException">The file cannot be opened for writing.</exception>
    public ItemStore(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            _file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Append,
                Access = FileAccess.Write,
                Share = FileShare.Read,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            });
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(path) ? "it is a folder" : refused.Message;
            throw new IOException($"Items cannot be kept in {Path.GetFullPath(path)} ({reason}): name a file that this user may write.", refused);
        }
    }

    /// <summary>How many items were appended since the file was opened.</summary>
    public long Count { get; private set; }

    /// <summary>Appends one line per item; when this returns they are with the operating system.</summary>
    public async Task AppendAsync(IReadOnlyList<ReceivedItem> items, CancellationToken cancellationToken)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var item in items)
        {
            WriteLine(lines, item);
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _file.WriteAsync(lines.WrittenMemory, CancellationToken.None).ConfigureAwait(false);
            Count += items.Count;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private static void WriteLine(ArrayBufferWriter<byte> lines, ReceivedItem item)
    {
        using (var json = new Utf8JsonWriter(lines, Compact))
        {
            json.WriteStartObject();
            json.WriteString("key", item.Key);
            json.WritePropertyName("item");
            item.Item.WriteTo(json);
            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }
}
