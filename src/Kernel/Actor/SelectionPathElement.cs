using System.IO.Enumeration;

namespace Sluice.Kernel.Actor;

/// <summary>A step of a selection.</summary>
public abstract record SelectionPathElement
{
    private protected SelectionPathElement()
    {
    }
}

/// <summary>To the child of that name.</summary>
public sealed record SelectChildName(string Name) : SelectionPathElement
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>To all children whose names match, <c>*</c> for any text and <c>?</c> for any character.</summary>
public sealed record SelectChildPattern(string PatternStr) : SelectionPathElement
{
    /// <inheritdoc/>
    public override string ToString() => PatternStr;

    internal bool Matches(string name) => FileSystemName.MatchesSimpleExpression(PatternStr, name, ignoreCase: false);
}

/// <summary>To the parent.</summary>
public sealed record SelectParent : SelectionPathElement
{
    /// <inheritdoc/>
    public override string ToString() => "..";
}
