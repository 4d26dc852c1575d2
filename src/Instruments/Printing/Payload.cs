namespace Sluice.Instruments.Printing;

/// <summary>Bytes to be shown by <see cref="Preview"/>, if a line is built at all.</summary>
internal readonly ref struct Payload(ReadOnlySpan<byte> data)
{
    public ReadOnlySpan<byte> Data { get; } = data;
}
