namespace Sluice.Measuring;

/// <summary>One measure: ours against one peer. A ratio above 1 means that we are better.</summary>
public sealed record Row(string Case, string Unit, double Ours, string Peer, double Theirs, double Ratio, double AllocatedBytesPerOp);
