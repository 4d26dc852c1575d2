using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;

namespace Sluice.Host.Running;

/// <summary>A node threw, and the tube's policy is to fail the run: says which node, in which epoch, on what, and why.</summary>
internal sealed class NodeFailedException(NodeFailure failure)
    : TubeException($"{failure} ({failure.Cause.GetType().Name})", failure.Cause);
