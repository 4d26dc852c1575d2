namespace Sluice.Journal.Sqlite;

/// <summary>Enumerations as the tables show them: lower case, made once.</summary>
internal static class SqliteWords
{
    public static string Of<T>(T value)
        where T : struct, Enum =>
        Words<T>.Texts[value];

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Texts = Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());
    }
}
