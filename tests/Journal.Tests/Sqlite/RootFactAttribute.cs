namespace Sluice.Journal.Tests.Sqlite;

/// <summary>A test that mounts a small disk, which only root may.</summary>
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Skip = "Needs a mounted disk of its own: run as root on Linux.";
        }
    }
}
