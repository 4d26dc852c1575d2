using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Sending;

/// <summary>One request to send what is saved, until everything that was owed when it came has been tried.</summary>
/// <param name="asker">Who wants to know.</param>
/// <param name="upTo">The last position it is about.</param>
internal sealed class Resend(IActorRef asker, long upTo)
{
    private const int MostResults = 1000;
    private readonly List<ExportResult> _results = [];
    private long _delivered;
    private long _dead;

    /// <summary>The last position it is about.</summary>
    public long UpTo => upTo;

    /// <summary>Whether anything was tried for it.</summary>
    public bool HasTried { get; private set; }

    /// <summary>An item has been tried.</summary>
    public void Tried(PoolEntry entry, ExportResult result)
    {
        if (entry.Position == 0 || entry.Position > upTo)
        {
            return;
        }

        HasTried = true;
        _delivered += result.Fate is ExportFate.Delivered ? 1 : 0;
        _dead += result.Fate is ExportFate.DeadLettered ? 1 : 0;
        if (_results.Count < MostResults)
        {
            _results.Add(result);
        }
    }

    /// <summary>Answers.</summary>
    public void Answer(IActorRef exporter, string name, long unsent, string? error) =>
        asker.Tell(new UnsentDataResult(name, _delivered, _dead, unsent, unsent > 0 ? error : null, _results), exporter);
}
