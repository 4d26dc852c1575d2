namespace Sluice.Tubes.Errors;

/// <summary>A <c>type</c> names no C# method or class that is loaded. Nothing was built.</summary>
public sealed class UnknownNodeTypeException : TubeException
{
    /// <summary>Names the type and those that are most like it.</summary>
    public UnknownNodeTypeException(string type, IReadOnlyList<string> nearest, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Type = type;
        Nearest = nearest;
    }

    /// <summary>The type as written.</summary>
    public string Type { get; }

    /// <summary>Known types most like it, nearest first; may be empty.</summary>
    public IReadOnlyList<string> Nearest { get; }
}
