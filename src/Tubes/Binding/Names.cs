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

    /// <summary>Whether two names mean the same slot, parameter or member. Allocates nothing.</summary>
    public static bool Same(string one, string other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (i, j) = (0, 0);
        while (true)
        {
            i = SkipUnderscores(one, i);
            j = SkipUnderscores(other, j);
            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length;
            }

            if (char.ToLowerInvariant(one[i++]) != char.ToLowerInvariant(other[j++]))
            {
                return false;
            }
        }
    }

    private static int SkipUnderscores(string name, int index)
    {
        while (index < name.Length && name[index] == '_')
        {
            index++;
        }

        return index;
    }
}
