using Sluice.Tubes.Events;

namespace Sluice.Tubes.Runners;

/// <summary>Takes the events of a nested tube.</summary>
internal interface IEventSink
{
    /// <summary>Whether anybody listens; if not, events need not be made.</summary>
    bool WantsEvents { get; }

    /// <summary>Numbers the nested event among this runner's own and passes it on.</summary>
    void Tell(string node, TubeEvent happened);
}
