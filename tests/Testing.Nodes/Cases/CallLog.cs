using System.Collections.Concurrent;

namespace Sluice.Testing.Nodes.Cases;

/// <summary>What the tracing nodes and assets have seen, in order. One for the process: tests that read it run one after the other.</summary>
public static class CallLog
{
    private static readonly ConcurrentQueue<string> Entries = new();

    public static void Add(string entry) => Entries.Enqueue(entry);

    /// <summary>Takes out everything there is.</summary>
    public static IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (Entries.TryDequeue(out var entry))
        {
            taken.Add(entry);
        }

        return taken;
    }
}
