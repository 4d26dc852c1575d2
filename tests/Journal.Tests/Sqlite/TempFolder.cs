namespace Sluice.Journal.Tests.Sqlite;

/// <summary>A folder that goes with its test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sluice-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
