namespace Sluice.Conformance.Tests;

/// <summary>Cases that do not agree yet, with the reason. The list may only shrink: a case in it that agrees fails, until it is taken out.</summary>
internal static class OpenCases
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
    };
}
