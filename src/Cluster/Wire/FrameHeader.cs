using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Wire;

/// <summary>Whose frame it is.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="System">The name of the sender's actor system.</param>
/// <param name="From">The sender.</param>
/// <param name="ToIncarnation">Which life of the receiver is meant; 0 for any.</param>
internal readonly record struct FrameHeader(FrameKind Kind, string System, MemberId From, int ToIncarnation);
