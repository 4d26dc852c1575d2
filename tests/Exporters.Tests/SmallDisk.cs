namespace Sluice.Exporters.Tests;

/// <summary>A disk of 64 KiB in memory, which takes root to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder.Path;

    public static SmallDisk? TryMount()
    {
        var disk = new SmallDisk();
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
            && Commands.Try("mount", "-t", "tmpfs", "-o", "size=64k", "sluice-test", disk.Path))
        {
            return disk;
        }

        disk._folder.Dispose();
        return null;
    }

    public void Dispose()
    {
        // Lazily: a program that another test starts in this moment holds the files of this process until it is loaded.
        Commands.Try("umount", "-l", Path);
        _folder.Dispose();
    }
}
