namespace Sluice.Journal.Sqlite;

/// <summary>
/// Space kept beside the journal for settlements: on a full disk it is given up, so that what the sinks have confirmed can still be written and the backlog
/// can shrink. Until it can be had again, nothing new is taken. It should be larger than the
/// log's usual 16 MiB, which may have to move into the file.
/// </summary>
internal sealed class SqliteReserve(string file, long bytes) : IDisposable
{
    private readonly string _path = file + ".reserve";
    private bool _held;

    /// <summary>Says whether the space is kept, taking it if need be.</summary>
    public bool TryTake()
    {
        if (_held || bytes == 0)
        {
            return true;
        }

        try
        {
            using var stream = new FileStream(_path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, PreallocationSize = bytes });
            _held = true;
        }
        catch (IOException)
        {
            // No room for it: that is the answer.
            File.Delete(_path);
        }

        return _held;
    }

    /// <summary>Gives the space up; false when there was none to give.</summary>
    public bool TryGiveUp()
    {
        var held = _held;
        _held = false;
        File.Delete(_path);
        return held;
    }

    public void Dispose() => File.Delete(_path);
}
