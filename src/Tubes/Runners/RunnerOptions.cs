namespace Sluice.Tubes.Runners;

/// <summary>How a runner runs.</summary>
public record RunnerOptions
{
    /// <summary>How many process calls may be made for one result of <c>Iter</c>, the last included.</summary>
    public int MaxIterLoops { get; init; } = 100;

    /// <summary>The clock for timestamps and retries.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Gets what people should know but nothing fails for: ignored inputs, callbacks that threw. Must not throw.</summary>
    public Action<string> Warn { get; init; } = warning => System.Diagnostics.Trace.TraceWarning(warning);
}
