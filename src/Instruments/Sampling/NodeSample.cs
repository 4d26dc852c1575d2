namespace Sluice.Instruments.Sampling;

/// <summary>How one node did while it was looked at.</summary>
/// <param name="Tube">Its tube.</param>
/// <param name="Node">Its id.</param>
/// <param name="CallsPerSecond">Calls that returned, per second.</param>
/// <param name="MeanTime">How long a call took on average.</param>
/// <param name="Busy">How many calls were at work at once, on average; at most 1 for a node that takes one call at a time.</param>
/// <param name="Waiting">Calls that waited for their turn: how many on average, or as many as wait now when every call was seen.</param>
/// <param name="Faults">Calls that failed since the watching began, all of them.</param>
public sealed record NodeSample(string Tube, string Node, double CallsPerSecond, TimeSpan MeanTime, double Busy, double Waiting, long Faults);
