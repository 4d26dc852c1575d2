namespace Sluice.Tubes.Binding;

/// <summary>
/// What a typed node returns when it may have nothing to say: a value, or no event. Both convert by themselves:
/// <c>Maybe&lt;int&gt; Even(int n) => n % 2 == 0 ? n : NoEvent.Value</c>. The signal's type is <typeparamref name="T"/>. The default is no event.
/// </summary>
public readonly struct Maybe<T> : IMaybe, IEquatable<Maybe<T>>
{
    private readonly bool _hasValue;
    private readonly T _value;

    private Maybe(T value)
    {
        _hasValue = true;
        _value = value;
    }

    object? IMaybe.Event => ToEvent();

    /// <summary>An event with this value.</summary>
    public static implicit operator Maybe<T>(T value) => new(value);

    /// <summary>No event.</summary>
    public static implicit operator Maybe<T>(NoEvent noEvent) => default;

    /// <summary>Whether both hold equal values or both none.</summary>
    public static bool operator ==(Maybe<T> one, Maybe<T> other) => one.Equals(other);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(Maybe<T> one, Maybe<T> other) => !one.Equals(other);

    /// <summary>The value as an event has it, or <see cref="NoEvent.Value"/>.</summary>
    public object? ToEvent() => _hasValue ? _value : NoEvent.Value;

    /// <inheritdoc/>
    public bool Equals(Maybe<T> other) => _hasValue == other._hasValue && EqualityComparer<T>.Default.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Maybe<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_hasValue, _value);

    /// <inheritdoc/>
    public override string ToString() => ToEvent()?.ToString() ?? "null";
}
