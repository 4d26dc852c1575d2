namespace Sluice.Tubes.Errors;

/// <summary>Node code could not be found, compiled, built or loaded. Nothing was loaded.</summary>
public sealed class NodeSourceException : TubeException
{
    /// <summary>Says what is wrong with which file.</summary>
    public NodeSourceException(string message, Exception? innerException = null)
        : this(message, [], innerException)
    {
    }

    /// <summary>Says what is wrong, and each of the compiler's errors with its place.</summary>
    public NodeSourceException(string message, IReadOnlyList<SourceError> errors, Exception? innerException = null)
        : base(message, innerException) => Errors = errors;

    /// <summary>What the compiler said; empty when it was something else.</summary>
    public IReadOnlyList<SourceError> Errors { get; }
}
