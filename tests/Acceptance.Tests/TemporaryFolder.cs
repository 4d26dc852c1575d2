namespace Sluice.Acceptance.Tests;

/// <summary>A folder with a space in its name that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("sluice test ").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    public string Write(string file, string content)
    {
        File.WriteAllText(this[file], content);
        return this[file];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
