namespace Sluice.Hocon.Sources;

/// <summary>What an include statement asks for.</summary>
/// <param name="Kind"><c>file</c>, <c>classpath</c>, <c>url</c>, or nothing if it is left to the including source.</param>
/// <param name="Name">The file or resource.</param>
/// <param name="Required">Whether its absence is an error.</param>
/// <param name="Origin">The place of the name.</param>
internal sealed record IncludeStatement(string Kind, string Name, bool Required, Origin Origin);
