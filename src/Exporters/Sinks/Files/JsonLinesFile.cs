namespace Sluice.Exporters.Sinks.Files;

/// <summary>
/// An open file that always ends with a line break, whatever fails: an append is whole or not there at all.
/// Not safe for several threads at once.
/// </summary>
internal sealed class JsonLinesFile : IDisposable
{
    private const long LockedByte = long.MaxValue - 1;

    private readonly string _path;
    private FileStream _stream;
    private bool _torn;

    private JsonLinesFile(string path, FileStream stream)
    {
        _path = path;
        _stream = stream;
        Length = stream.Length;
    }

    /// <summary>Bytes of whole lines in the file.</summary>
    public long Length { get; private set; }

    /// <summary>Opens or makes the file, mends its end and locks it against other processes.</summary>
    /// <param name="path">A full path.</param>
    /// <param name="cut">How many bytes of a torn last line were cut off.</param>
    /// <exception cref="IOException">It cannot be opened, or another process writes it.</exception>
    public static JsonLinesFile Open(string path, out long cut)
    {
        var stream = OpenLocked(path);
        try
        {
            cut = TornTail.Mend(stream);
            stream.Position = stream.Length;
            return new JsonLinesFile(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Appends whole lines; when that fails, none of them is there.</summary>
    /// <exception cref="IOException">The lines could not be written or synced; the file is as before, or is made so before the next append.</exception>
    public void Append(ReadOnlySpan<byte> lines, bool sync)
    {
        Recover();
        try
        {
            _torn = true;
            _stream.Write(lines);
            if (sync)
            {
                _stream.Flush(flushToDisk: true);
            }

            Length += lines.Length;
            _torn = false;
        }
        catch (IOException)
        {
            TryCutBack();
            throw;
        }
    }

    /// <summary>Forces all that was appended to the disk.</summary>
    public void Sync() => _stream.Flush(flushToDisk: true);

    /// <summary>Hands the full file over to <paramref name="rolled"/> and begins an empty one.</summary>
    /// <returns>The files deleted for being too many.</returns>
    public IReadOnlyList<string> Roll(RolledFiles rolled)
    {
        Recover();
        _stream.Flush(flushToDisk: true);
        var deleted = rolled.TakeOver();
        Reopen();
        return deleted;
    }

    public void Empty()
    {
        _stream.SetLength(0);
        Length = 0;
    }

    public void Dispose() => _stream.Dispose();

    private static FileStream OpenLocked(string path)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            try
            {
                // A byte range far behind the end: readers are let in, a second writer is not.
                stream.Lock(LockedByte, 1);
            }
            catch (IOException fault)
            {
                stream.Dispose();
                throw new IOException($"{path} is written by another process; stop it, or give this sink another path.", fault);
            }
        }

        return stream;
    }

    // Somebody may have moved the file away (logrotate, a person): what is written to it then would be seen by nobody.
    private void Recover()
    {
        if (!File.Exists(_path))
        {
            Reopen();
        }
        else if (_torn)
        {
            CutBack();
        }
    }

    private void Reopen()
    {
        var next = OpenLocked(_path);
        _stream.Dispose();
        _stream = next;
        _torn = false;
        TornTail.Mend(next);
        Length = next.Position = next.Length;
    }

    private void TryCutBack()
    {
        try
        {
            CutBack();
        }
        catch (IOException)
        {
            // The disk does not even let us cut: _torn stays set, and the next append tries before it writes.
        }
    }

    private void CutBack()
    {
        if (_stream.Length != Length)
        {
            _stream.SetLength(Length);
        }

        _stream.Position = Length;
        _torn = false;
    }
}
