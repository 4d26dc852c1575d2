using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;

namespace Sluice.Conformance.Tests.Runners;

/// <summary>A runner with what the cases ask beyond its interface. What a runner cannot tell is null and is not compared.</summary>
public sealed record RunnerUnderTest(ITubeRunner Runner)
{
    /// <summary>Whether independent nodes are called in a fixed order.</summary>
    public bool KeepsOrder { get; init; } = true;

    /// <summary>Whether somebody listens to the events; a runner may go other ways when nobody does.</summary>
    public bool IsHeard { get; init; } = true;

    public Func<long>? NextEpoch { get; init; }

    public Func<IReadOnlyList<TubeEvent>>? Stored { get; init; }

    public Func<IReadOnlyDictionary<string, object?>>? Assets { get; init; }
}
