namespace Sluice.Kernel.Actor;

/// <summary>A message on its way through a selection whose next step lies in another process.</summary>
public sealed class ActorSelectionMessage(object message, IReadOnlyList<SelectionPathElement> elements, bool wildCardFanOut = false)
    : IAutoReceivedMessage, IPossiblyHarmful
{
    /// <summary>The message.</summary>
    public object Message { get; } = message;

    /// <summary>The steps that are left.</summary>
    public IReadOnlyList<SelectionPathElement> Elements { get; } = elements;

    /// <summary>Whether a pattern was passed: then it is no news when nobody is at the end.</summary>
    public bool WildCardFanOut { get; } = wildCardFanOut;
}
