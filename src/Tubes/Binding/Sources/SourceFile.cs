namespace Sluice.Tubes.Binding.Sources;

/// <summary>One C# file as it was read.</summary>
internal sealed record SourceFile(string Path, string Text);
