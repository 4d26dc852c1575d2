namespace Sluice.Journal.Sqlite;

/// <summary>A mark beside a file in which damage was met while it was in use: the next opening checks it in full, however large it is.</summary>
internal static class Suspicion
{
    public static bool IsNoted(string file) => File.Exists(MarkOf(file));

    public static void Note(string file)
    {
        try
        {
            File.WriteAllBytes(MarkOf(file), []);
        }
        catch (IOException)
        {
            // The damage itself is being reported; without the mark the next opening checks less thoroughly.
        }
        catch (UnauthorizedAccessException)
        {
            // As above.
        }
    }

    public static void Clear(string file) => File.Delete(MarkOf(file));

    private static string MarkOf(string file) => file + ".suspect";
}
