namespace Sluice.Instruments.Bench;

/// <summary>One measure: ours against one peer. A ratio above 1 means that we are better.</summary>
internal sealed record Row(string Case, string Unit, double Ours, string Peer, double Theirs, double Ratio, double AllocatedBytesPerOp);
