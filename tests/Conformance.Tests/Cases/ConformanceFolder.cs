namespace Sluice.Conformance.Tests.Cases;

/// <summary>Where the cases are: the folder named by <c>SLUICE_CONFORMANCE</c>, else <c>shared/conformance</c> beside or above the checkout.</summary>
public static class ConformanceFolder
{
    public const string Variable = "SLUICE_CONFORMANCE";

    private static readonly string Checkout = Above(AppContext.BaseDirectory, folder => File.Exists(Path.Combine(folder, "Sluice.slnx"))) ?? AppContext.BaseDirectory;

    /// <summary>The project's own fixtures, beside this code.</summary>
    public static string Own { get; } = Path.Combine(Checkout, "tests", "Conformance.Tests", "fixtures");

    /// <summary>The reference's results; null where there are none.</summary>
    public static string? Reference { get; } = Find();

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? Path.GetFullPath(named) : throw new DirectoryNotFoundException($"{Variable} names {named}, which is no folder.");
        }

        return Above(Checkout, folder => Directory.Exists(Shared(folder))) is { } found ? Shared(found) : null;
    }

    private static string Shared(string folder) => Path.Combine(folder, "shared", "conformance");

    private static string? Above(string start, Func<string, bool> isIt)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (isIt(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
