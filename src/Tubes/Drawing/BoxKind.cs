namespace Sluice.Tubes.Drawing;

/// <summary>What a box in a drawing stands for.</summary>
public enum BoxKind
{
    /// <summary>The inputs of the tube.</summary>
    Input,

    /// <summary>An asset.</summary>
    Asset,

    /// <summary>A node without inputs.</summary>
    Source,

    /// <summary>Any other node of the user's.</summary>
    Node,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A gather.</summary>
    Gather,

    /// <summary>A nested tube.</summary>
    Tube,

    /// <summary>The return node.</summary>
    Return,
}
