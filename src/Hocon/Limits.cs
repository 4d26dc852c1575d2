namespace Sluice.Hocon;

/// <summary>What a configuration may not exceed, so that a hostile one is refused and never overflows the stack or the memory.</summary>
internal static class Limits
{
    /// <summary>Levels of objects and lists in one another, path elements included.</summary>
    public const int Nesting = 256;

    /// <summary>Substitutions that are followed to resolve one, such as the links of a chain or repeated self-references.</summary>
    public const int References = 400;

    /// <summary>Characters, list elements and fields that substitutions may make by joining; guards against doubling chains.</summary>
    public const int Expansion = 5_000_000;

    /// <summary>Files that one configuration may include, counted with repetition.</summary>
    public const int Includes = 1_000;
}
