namespace Sluice.Journal;

/// <summary>Why an item became a dead letter.</summary>
/// <param name="Class">The kind of failure.</param>
/// <param name="Error">The error's text, in full.</param>
/// <param name="Response">An excerpt of what the sink answered; null when it did not answer. Kept to its first 4,096 characters.</param>
/// <param name="Attempts">How often it was sent, this time included.</param>
public sealed record DeadReason(DeadLetterClass Class, string Error, string? Response, int Attempts);
