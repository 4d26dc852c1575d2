namespace Sluice.Actors.Pools.Pacing;

/// <summary>
/// Shares an unordered exporter's sending between what is live and what it catches up with. Each side is charged for the items that it sends;
/// the one that is behind its share goes next, and a side with nothing to send leaves its share to the other.
/// </summary>
internal sealed class CatchUp(double backlogShare)
{
    private double _lead;

    /// <summary>Whether the next batch is one of the backlog.</summary>
    public bool NextIsBacklog(bool hasBacklog, bool hasLive)
    {
        if (hasBacklog != hasLive)
        {
            _lead = 0;
            return hasBacklog;
        }

        return hasBacklog && _lead <= 0;
    }

    /// <summary>A batch was sent.</summary>
    public void Sent(int items, bool backlog) => _lead += backlog ? items * (1 - backlogShare) : -items * backlogShare;
}
