namespace Sluice.Journal.Engine;

/// <summary>Enumerations as the tables show them: lower case, made once.</summary>
internal static class Words
{
    public static string Of<T>(T value)
        where T : struct, Enum =>
        Texts<T>.ByValue[value];

    private static class Texts<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue = Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString().ToLowerInvariant());
    }
}
