namespace Sluice.Exporters.Events;

/// <summary>An immutable item with named attributes, which processors can tag, redact and filter.</summary>
/// <typeparam name="TSelf">The item's own type.</typeparam>
public interface IAttributed<out TSelf>
{
    /// <summary>Attributes by name. Values are plain: strings, numbers, booleans, dates, null, and lists and dictionaries of these.</summary>
    IReadOnlyDictionary<string, object?> Attributes { get; }

    /// <summary>The same item with other attributes.</summary>
    TSelf WithAttributes(IReadOnlyDictionary<string, object?> attributes);
}
