namespace Sluice.Tubes.Scheduling;

/// <summary>Slots are named in two worlds: <c>sleep_for</c> in a tube is <c>sleepFor</c> in C#.</summary>
internal static class SlotName
{
    /// <summary>Whether two names mean the same slot: letters and digits agree, ignoring case and underscores.</summary>
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
