using Sluice.Tubes.Events;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>What a course asks of the runner that it belongs to.</summary>
internal interface ICourseHost
{
    /// <summary>Whether anybody listens to events.</summary>
    bool WantsEvents { get; }

    /// <summary>The event of a nested tube as one of this tube's own.</summary>
    TubeEvent Renumber(string node, TubeEvent happened);

    void HandleEvents(IReadOnlyList<TubeEvent> events);

    void Warn(string warning);
}
