using Sluice.Tubes.Binding;

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

            if (Names.Same(nameOf(named[index]), name))
            {
                several |= loose >= 0;
                loose = index;
            }
        }

        return several ? -1 : loose;
    }
}
