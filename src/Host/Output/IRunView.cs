using Sluice.Tubes.Events;
using Sluice.Tubes.Reports;

namespace Sluice.Host.Output;

/// <summary>What a person or a program sees of a run. Called from one thread at a time, in order.</summary>
internal interface IRunView : IAsyncDisposable
{
    /// <summary>Whether <see cref="Event"/> wants to be called; a run without it does not pay for events.</summary>
    bool WantsEvents { get; }

    /// <summary>Whether <see cref="Progress"/> wants to know of nodes; a run without it is not looked at.</summary>
    bool WantsNodes => false;

    /// <summary>Something a person should know while the run goes on.</summary>
    void Note(string line);

    /// <summary>Something about the program itself that a person must see even when the output goes elsewhere: on standard error. On any thread.</summary>
    void Alarm(string line);

    /// <summary>A node emitted an event, or an epoch ended.</summary>
    void Event(TubeEvent happened);

    /// <summary>An epoch returned a value, and what it is owed to has taken responsibility for it.</summary>
    void Returned(string epoch, object? value);

    /// <summary>Where the run stands.</summary>
    void Progress(RunProgress progress);

    /// <summary>The run is over: what its nodes reported, and what came of it.</summary>
    void Ended(IReadOnlyList<Report> reports, RunOutcome outcome);
}
