namespace Sluice.Acceptance.Tests;

/// <summary>Where the checkout under test and its program are.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Program { get; } = Path.Combine(
        Root, "artifacts", "bin", "Host", new DirectoryInfo(AppContext.BaseDirectory).Name, "sluice.dll");

    public static string Example(string file) => Path.Combine(Root, "examples", "earthquakes", file);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Sluice.slnx above {AppContext.BaseDirectory}: run the tests from a checkout.");
    }
}
