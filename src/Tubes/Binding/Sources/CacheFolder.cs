namespace Sluice.Tubes.Binding.Sources;

/// <summary>A folder that only this user can write: code from it is run.</summary>
internal static class CacheFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The first of these that can be written: the one asked for, the user's cache folder, a private folder under temp. Null if none can.</summary>
    public static string? Prepare(string? asked) =>
        asked is not null
            ? Writable(asked)
            : Writable(Path.Combine(UserCaches(), "sluice", "nodes")) ?? Private(Path.Combine(Path.GetTempPath(), $"sluice-nodes-{Environment.UserName}"));

    private static string UserCaches()
    {
        var caches = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return !string.IsNullOrEmpty(caches) && Path.IsPathRooted(caches)
            ? caches
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache");
    }

    private static string? Writable(string folder)
    {
        try
        {
            Create(folder);
            var probe = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            File.Create(probe, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            return folder;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Under temp anybody may have made the folder before us: it counts only if nobody else can write it.</summary>
    private static string? Private(string folder) =>
        Writable(folder) is { } made && (OperatingSystem.IsWindows() || new DirectoryInfo(made) is { LinkTarget: null, UnixFileMode: OwnerOnly }) ? made : null;

    private static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }
}
