namespace Sluice.Tubes.Drawing;

/// <summary>A box of a drawing: a node, an asset or the tube's inputs.</summary>
/// <param name="Id">The node's or asset's id.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Type">The code behind it; empty for inputs and special nodes.</param>
/// <param name="Slots">Its inputs that something leads to, in the order of <c>depends</c>.</param>
/// <param name="Signals">Its outputs.</param>
/// <param name="IsEnabled">Whether it takes part.</param>
/// <param name="Child">The nested tube, when it is drawn open.</param>
public sealed record GraphBox(
    string Id, BoxKind Kind, string Type, IReadOnlyList<string> Slots, IReadOnlyList<string> Signals, bool IsEnabled, TubeGraph? Child = null);
