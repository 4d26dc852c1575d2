namespace Sluice.Tubes.Scheduling;

/// <summary>Puts ready nodes of several epochs into order: by epoch, and within one as they became ready.</summary>
internal static class ReadyOrder
{
    public static void Sort(List<ReadyNode> ready)
    {
        for (var index = 1; index < ready.Count; index++)
        {
            if (Compare(ready[index - 1], ready[index]) > 0)
            {
                var sorted = ready.OrderBy(node => node.Frame.Epoch).ToList();
                ready.Clear();
                ready.AddRange(sorted);
                return;
            }
        }
    }

    private static int Compare(ReadyNode left, ReadyNode right) =>
        left.Frame == right.Frame ? 0 : left.Frame.Epoch.CompareTo(right.Frame.Epoch);
}
