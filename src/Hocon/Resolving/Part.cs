using Sluice.Hocon.Tree;

namespace Sluice.Hocon.Resolving;

/// <summary>One of the values that stand beside each other, and what it was resolved to: null if it is missing or only space.</summary>
internal readonly record struct Part(Node Node, Head? Head);
