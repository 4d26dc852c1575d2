using System.Runtime.CompilerServices;

namespace Sluice.Instruments;

/// <summary>
/// A value seen where it lies: a struct is boxed only if an instrument asks for <see cref="Value"/>, so a hook over a
/// queue of structs allocates nothing by itself. Valid only during the hook.
/// </summary>
public readonly ref struct ItemView
{
    private readonly object? _reference;
    private readonly ref byte _value;
    private readonly Reader? _reader;

    private ItemView(object? reference) => _reference = reference;

    private ItemView(ref byte value, Reader reader)
    {
        _value = ref value;
        _reader = reader;
    }

    /// <summary>The value itself; a struct is boxed, so what is returned may be kept.</summary>
    public object? Value => _reader is null ? _reference : _reader.Box(ref _value);

    /// <summary>The item itself if it is an object already (also a boxed struct), so that nothing is boxed; else null.</summary>
    public object? Reference => _reference;

    /// <summary>The value's class, without boxing; null for a null.</summary>
    public Type? Type => _reader is null ? _reference?.GetType() : _reader.Type;

    /// <summary>A view of <paramref name="item"/>, which must stay where it is while the view is used.</summary>
    public static ItemView Of<T>(ref readonly T item) =>
        typeof(T).IsValueType
            ? new ItemView(ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in item)), Reader<T>.Instance)
            : new ItemView(item);

    /// <summary>The value as a <typeparamref name="T"/>, without boxing when that is its exact class.</summary>
    public bool TryGet<T>(out T? value)
    {
        if (_reader is Reader<T>)
        {
            value = Unsafe.As<byte, T>(ref _value);
            return true;
        }

        if (_reader is null && _reference is T matching)
        {
            value = matching;
            return true;
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public override string? ToString() => _reader is null ? _reference?.ToString() : _reader.Print(ref _value);

    private abstract class Reader
    {
        public abstract Type Type { get; }

        public abstract object? Box(ref byte value);

        public abstract string? Print(ref byte value);
    }

    private sealed class Reader<T> : Reader
    {
        public static readonly Reader<T> Instance = new();

        public override Type Type => typeof(T);

        public override object? Box(ref byte value) => Unsafe.As<byte, T>(ref value);

        public override string? Print(ref byte value) => Unsafe.As<byte, T>(ref value)?.ToString();
    }
}
