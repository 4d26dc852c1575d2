namespace Sluice.Tubes.Binding.Calls;

/// <summary>One signal and the way to it from the return value: no members for the whole value, else tuple fields to follow.</summary>
internal sealed record SignalElement(Signal Signal, IReadOnlyList<string> Path);
