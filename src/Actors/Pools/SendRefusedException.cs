using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools;

/// <summary>The pool did not take an item: nothing is saved, nothing will be delivered. The message says what to do.</summary>
/// <param name="refusal">The pool's answer.</param>
public sealed class SendRefusedException(SendAnswer.Refused refusal) : Exception(refusal?.Message)
{
    /// <summary>Why.</summary>
    public RefusalReason Reason { get; } = refusal?.Reason ?? default;
}
