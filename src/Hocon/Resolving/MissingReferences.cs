using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>The sentences about substitutions that have no value.</summary>
internal static class MissingReferences
{
    private const int LongestChain = 8;

    public static ConfigException Undefined(ReferenceNode reference)
    {
        var path = reference.Path.ToString();
        var optional = $"${{?{path}{(reference.List ? "[]" : "")}}}";
        return new ConfigException(
            reference.Origin, $"{reference} has no value: set '{path}', in the configuration or the environment, or write {optional} if it may be missing.", path);
    }

    /// <summary>The last of the references that are being followed came back to a value that is being made, with nothing before it.</summary>
    public static ConfigException Circular(List<ReferenceNode> following)
    {
        var last = following[^1];
        var path = last.Path.ToString();
        if (following.Count == 1)
        {
            return new ConfigException(
                last.Origin, $"{last} refers to the value that it is part of, and '{path}' has no earlier value: set one before.", path);
        }

        var shown = following.Skip(Math.Max(0, following.Count - LongestChain));
        return new ConfigException(
            last.Origin, $"{last} closes a circle: {string.Join(" -> ", shown)}: give one of them a value that does not depend on the others.", path);
    }
}
