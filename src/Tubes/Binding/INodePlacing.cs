namespace Sluice.Tubes.Binding;

/// <summary>Decides where the code of a tube's nodes runs, while the tube is built.</summary>
public interface INodePlacing
{
    /// <summary>The node's code, or something in its stead that has it called elsewhere. It is wired afterwards.</summary>
    INodeCode Place(NodeToPlace node);
}
