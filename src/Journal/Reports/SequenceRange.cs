namespace Sluice.Journal.Reports;

/// <summary>Neighbouring item numbers.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last, included.</param>
public readonly record struct SequenceRange(long First, long Last);
