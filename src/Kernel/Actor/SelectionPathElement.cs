using System.IO.Enumeration;

namespace Sluice.Kernel.Actor;

/// <summary>A step of a selection.</summary>
public abstract record SelectionPathElement
{
    private protected SelectionPathElement()
    {
    }

    /// <summary>The step that a text stands for: <c>..</c>, a name, or a pattern where it holds <c>*</c> or <c>?</c>.</summary>
    internal static SelectionPathElement Parse(string element) => element switch
    {
        ".." => new SelectParent(),
        _ when element.Contains('*') || element.Contains('?') => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
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
