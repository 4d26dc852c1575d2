using System.Diagnostics;

namespace Sluice.Instruments.Tracing;

/// <summary>The span that a message was sent in.</summary>
/// <param name="Context">The span.</param>
/// <param name="IsOwn">Whether it was the receiver's own: the actor told itself.</param>
internal readonly record struct SentFrom(ActivityContext Context, bool IsOwn);
