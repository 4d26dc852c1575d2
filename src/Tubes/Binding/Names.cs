namespace Sluice.Tubes.Binding;

/// <summary>Names in YAML and names in C# are the same if they differ only in case and underscores: <c>sleep_for</c> is <c>sleepFor</c>.</summary>
public static class Names
{
    /// <summary>The form under which equal names are equal texts: lower case, no underscores.</summary>
    public static string Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
    }

    /// <summary>Whether two names mean the same slot, parameter or member.</summary>
    public static bool Same(string one, string other) =>
        string.Equals(one, other, StringComparison.Ordinal) || string.Equals(Normalize(one), Normalize(other), StringComparison.Ordinal);
}
