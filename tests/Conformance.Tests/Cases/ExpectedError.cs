namespace Sluice.Conformance.Tests.Cases;

/// <summary>An error by its kind: a Python class, or one of our exceptions in our own fixtures.</summary>
/// <param name="Class">The class's name, without its module.</param>
/// <param name="Message">What it said.</param>
/// <param name="IsAboutType">Whether it is a node's <c>type</c> that was refused.</param>
public sealed record ExpectedError(string Class, string Message, bool IsAboutType);
