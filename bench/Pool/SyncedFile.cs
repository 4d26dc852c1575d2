namespace Sluice.Pool.Bench;

/// <summary>A plain file to which groups are appended, and which is synced after each.</summary>
internal sealed class SyncedFile(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);

    public void AppendGroup(IReadOnlyList<byte[]> payloads)
    {
        foreach (var payload in payloads)
        {
            _file.Write(payload);
            _file.WriteByte((byte)'\n');
        }

        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();
}
