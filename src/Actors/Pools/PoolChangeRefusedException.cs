namespace Sluice.Actors.Pools;

/// <summary>The pool did not make a change that was asked for; it goes on as before. The message says what to do.</summary>
/// <param name="message">Why not.</param>
public sealed class PoolChangeRefusedException(string message) : Exception(message);
