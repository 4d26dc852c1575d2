namespace Sluice.Conformance.Tests.Cases;

/// <summary>What must be known of a node once the tube is built.</summary>
public sealed record ExpectedNode(string Id, bool Enabled, bool Stateful, IReadOnlyList<string> Signals);
