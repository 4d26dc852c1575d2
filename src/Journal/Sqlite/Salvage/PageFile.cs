namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>The pages of a database and of its log, in every version that still exists, read without SQLite.</summary>
internal sealed class PageFile : IDisposable
{
    private readonly FileStream _main;
    private readonly FileStream? _log;
    private readonly WalFile _wal;
    private readonly Dictionary<int, long> _newestInLog = [];

    public PageFile(string file)
    {
        _main = Open(file);
        _wal = WalFile.Read(file + "-wal");
        _log = File.Exists(file + "-wal") ? Open(file + "-wal") : null;
        foreach (var frame in _wal.Frames)
        {
            _newestInLog[frame.Page] = frame.Offset;
        }
    }

    private int PagesInMain => (int)((_main.Length + SqliteStore.PageSize - 1) / SqliteStore.PageSize);

    /// <summary>All versions of all pages; <c>Newest</c> says whether nothing newer of that page exists.</summary>
    public IEnumerable<(byte[] Page, bool Newest)> Versions()
    {
        var page = new byte[SqliteStore.PageSize];
        for (var number = 1; number <= PagesInMain; number++)
        {
            Read(_main, (long)(number - 1) * SqliteStore.PageSize, page);
            yield return (page, !_newestInLog.ContainsKey(number) && !IsFree(number));
        }

        foreach (var frame in _wal.Frames)
        {
            Read(_log!, frame.Offset, page);
            yield return (page, _newestInLog[frame.Page] == frame.Offset && !IsFree(frame.Page));
        }
    }

    public bool TryReadNewest(int number, byte[] into)
    {
        if (_newestInLog.TryGetValue(number, out var offset))
        {
            Read(_log!, offset, into);
            return true;
        }

        if (number < 1 || number > PagesInMain)
        {
            return false;
        }

        Read(_main, (long)(number - 1) * SqliteStore.PageSize, into);
        return true;
    }

    public void Dispose()
    {
        _main.Dispose();
        _log?.Dispose();
    }

    /// <summary>Pointer maps (section 1.8) tell free pages, whose rows were deleted.</summary>
    private bool IsFree(int number)
    {
        const int entrySize = 5, pagesPerMap = (SqliteStore.PageSize / entrySize) + 1;
        var map = number < 2 ? 0 : ((number - 2) / pagesPerMap * pagesPerMap) + 2;
        var page = _mapNumber == map ? _map : new byte[SqliteStore.PageSize];
        if (map == 0 || map == number || (_mapNumber != map && !TryReadNewest(map, page)))
        {
            return false;
        }

        (_mapNumber, _map) = (map, page);
        return page[(number - map - 1) * entrySize] == 2;
    }

    private int _mapNumber;
    private byte[] _map = [];

    private static FileStream Open(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, SqliteStore.PageSize);

    private static void Read(FileStream stream, long offset, byte[] into)
    {
        stream.Position = offset;
        var read = stream.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
        into.AsSpan(read).Clear();
    }
}
