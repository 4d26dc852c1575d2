namespace Sluice.Cluster.Remoting;

/// <summary>How much an outbox holds.</summary>
/// <param name="FrameMessages">Records of one frame, at most.</param>
/// <param name="FrameBytes">A frame that has reached this is sent.</param>
/// <param name="WaitingBytes">Bytes that wait to be sent to one member, at most.</param>
internal readonly record struct OutboxLimits(int FrameMessages, int FrameBytes, long WaitingBytes);
