namespace Sluice.Tubes.Binding;

/// <summary>A value or no event; lets code that does not know the type see which.</summary>
internal interface IMaybe
{
    /// <summary>The value, or <see cref="NoEvent.Value"/>.</summary>
    object? Event { get; }
}
