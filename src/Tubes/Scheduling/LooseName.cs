namespace Sluice.Tubes.Scheduling;

/// <summary>Slots and signals are named in two worlds: <c>sleep_for</c> in a tube is <c>sleepFor</c> or <c>SleepFor</c> in C#.</summary>
internal static class LooseName
{
    /// <summary>The number of the name as written, or else of the only one that means the same; -1 when there is none.</summary>
    public static int IndexOf<T>(IReadOnlyList<T> named, Func<T, string> nameOf, string name)
    {
        var loose = -1;
        var several = false;
        for (var index = 0; index < named.Count; index++)
        {
            if (nameOf(named[index]) == name)
            {
                return index;
            }

            if (Matches(nameOf(named[index]), name))
            {
                several |= loose >= 0;
                loose = index;
            }
        }

        return several ? -1 : loose;
    }

    /// <summary>Whether two names mean the same: letters and digits agree, ignoring case and underscores.</summary>
    public static bool Matches(string left, string right)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            i = Skip(left, i);
            j = Skip(right, j);
            if (i == left.Length || j == right.Length)
            {
                return i == left.Length && j == right.Length;
            }

            if (char.ToUpperInvariant(left[i++]) != char.ToUpperInvariant(right[j++]))
            {
                return false;
            }
        }
    }

    private static int Skip(string text, int index)
    {
        while (index < text.Length && text[index] == '_')
        {
            index++;
        }

        return index;
    }
}
