using Sluice.Tubes.Epochs;

namespace Sluice.Tubes.Runners;

/// <summary>An epoch that has ended, and what its return node collected.</summary>
/// <param name="Epoch">The root epoch.</param>
/// <param name="Value">What was returned; null when nothing was.</param>
public readonly record struct EpochResult(Epoch Epoch, object? Value);
