namespace Sluice.Host.Output;

/// <summary>What came of a run.</summary>
/// <param name="Progress">Where it stood at its end.</param>
/// <param name="Stopped">The user stopped it before its sources ended.</param>
/// <param name="Outputs">Where the outputs are, a line each: files, addresses, the journal.</param>
internal sealed record RunOutcome(RunProgress Progress, bool Stopped, IReadOnlyList<string> Outputs);
