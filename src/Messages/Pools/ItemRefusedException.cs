namespace Sluice.Messages.Pools;

/// <summary>The data cannot be one item; nothing was sent or saved.</summary>
/// <param name="message">What is wrong with it and what to send instead.</param>
public sealed class ItemRefusedException(string message) : Exception(message);
