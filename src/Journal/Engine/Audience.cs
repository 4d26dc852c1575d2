namespace Sluice.Journal.Engine;

/// <summary>A set of sinks that items are owed to. Each distinct set is stored once; an item names its set by number.</summary>
internal sealed class Audience(int id, IReadOnlyList<SinkState> members)
{
    public int Id { get; } = id;

    public IReadOnlyList<SinkState> Members { get; } = members;

    public bool Includes(SinkState sink)
    {
        foreach (var member in Members)
        {
            if (member == sink)
            {
                return true;
            }
        }

        return false;
    }
}
