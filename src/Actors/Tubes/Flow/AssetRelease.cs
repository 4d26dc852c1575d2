using Sluice.Actors.Tubes.Runs;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>Process-scoped assets that nobody uses any more.</summary>
/// <param name="Run">The run that they were made for.</param>
/// <param name="Epoch">The epoch that they were for; null when none has begun with them.</param>
/// <param name="Assets">The assets.</param>
internal sealed record AssetRelease(TubeRun Run, EpochInFlight? Epoch, object?[] Assets);
