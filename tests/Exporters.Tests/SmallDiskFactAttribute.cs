namespace Sluice.Exporters.Tests;

/// <summary>A test that needs a disk that can be filled; skipped where none can be mounted (the tests on /dev/full still run).</summary>
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    private static readonly bool CanMount = Probe();

    public SmallDiskFactAttribute() => Skip = CanMount ? null : "mounting a tmpfs takes root on Linux; /dev/full stands in for a full disk";

    private static bool Probe()
    {
        using var disk = SmallDisk.TryMount();
        return disk is not null;
    }
}
