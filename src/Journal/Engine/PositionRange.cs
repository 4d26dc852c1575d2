namespace Sluice.Journal.Engine;

/// <summary>Neighbouring positions, both ends included.</summary>
internal readonly record struct PositionRange(long First, long Last);
