using System.Security.Cryptography;

namespace Sluice.Tubes.Binding.Sources;

/// <summary>
/// Compiled node code on disk. An entry is the SHA-256 of an assembly, then the assembly; it appears by renaming, so it is there whole or not at
/// all, and one that was damaged later is taken for missing. A cache that cannot be written costs time, never a run.
/// </summary>
internal sealed class CompiledCache(string? folder)
{
    private const string Extension = ".nodes";
    private const int MostEntries = 100;

    public string? Folder { get; } = CacheFolder.Prepare(folder);

    public byte[]? Find(string key)
    {
        if (Folder is null)
        {
            return null;
        }

        try
        {
            var entry = File.ReadAllBytes(PathOf(key));
            return entry.Length > SHA256.HashSizeInBytes && SHA256.HashData(entry.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(entry.AsSpan(0, SHA256.HashSizeInBytes))
                ? entry[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Store(string key, byte[] image)
    {
        if (Folder is null)
        {
            return;
        }

        var draft = PathOf(key) + "." + Guid.NewGuid().ToString("N");
        try
        {
            using (var file = File.Create(draft))
            {
                file.Write(SHA256.HashData(image));
                file.Write(image);
            }

            File.Move(draft, PathOf(key), overwrite: true);
            Prune();
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft); // a full or read-only disk: the next start compiles again
        }
    }

    private string PathOf(string key) => Path.Combine(Folder ?? "", key + Extension);

    private void Prune()
    {
        var entries = new DirectoryInfo(Folder ?? "").GetFiles("*" + Extension);
        foreach (var old in entries.OrderByDescending(entry => entry.LastWriteTimeUtc).Skip(MostEntries))
        {
            old.Delete();
        }
    }
}
