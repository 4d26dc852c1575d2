namespace Sluice.Instruments.Tests;

/// <summary>Where the checkout is, found upwards from the test's own assembly.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo? folder) => folder switch
    {
        null => throw new InvalidOperationException($"No Sluice.slnx above {AppContext.BaseDirectory}: run the tests from a checkout."),
        _ when File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")) => folder.FullName,
        _ => Find(folder.Parent),
    };
}
