namespace Sluice.Messages.Pools;

/// <summary>Published on the event stream: a pool's journal will be full in less than <c>warn-before-full</c>, and then do what <c>when-full</c> says.</summary>
/// <param name="Pool">The pool's name.</param>
/// <param name="FullIn">When, at the pace at which it has been filling up; zero when it is full.</param>
public sealed record JournalFillsUp(string Pool, TimeSpan FullIn);
