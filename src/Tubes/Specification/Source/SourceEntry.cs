using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification.Source;

/// <summary>A key with its value, and where the key stands.</summary>
internal sealed record SourceEntry(string Key, SourcePosition Position, SourceNode Value);
