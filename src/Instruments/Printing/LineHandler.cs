using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sluice.Instruments.Printing;

/// <summary>Builds a line only if its instrument writes lines now; shows items by <see cref="Preview"/>.</summary>
[InterpolatedStringHandler]
public ref struct LineHandler
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Called by the compiler.</summary>
    public LineHandler(int literalLength, int formattedCount, TextInstrument instrument, out bool isOn)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        isOn = instrument.IsOn;
        IsOn = isOn;
        _text = isOn ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    /// <summary>Whether there is a line.</summary>
    internal bool IsOn { get; }

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    /// <summary>Appends text as it is.</summary>
    public void AppendFormatted(string? value) => _text.AppendLiteral(value ?? "");

    /// <summary>Appends a source's name.</summary>
    public void AppendFormatted(IInstrumented source) => AppendFormatted(source?.Name);

    /// <summary>Appends a bounded, printable view of an item.</summary>
    public void AppendFormatted(ItemView item) => AppendFormatted(Preview.Of(item.Value));

    /// <summary>Appends a bounded, printable view of bytes.</summary>
    internal void AppendFormatted(Payload payload) => AppendFormatted(Preview.Of(payload.Data));

    /// <summary>Appends a duration in seconds.</summary>
    public void AppendFormatted(TimeSpan elapsed) =>
        _text.AppendLiteral(elapsed.TotalSeconds.ToString("F4", CultureInfo.InvariantCulture) + "s");

    /// <summary>Appends a number.</summary>
    public void AppendFormatted(int value) => _text.AppendFormatted(value);

    /// <summary>Appends a bounded, printable view of anything else.</summary>
    public void AppendFormatted(object? value) => AppendFormatted(Preview.Of(value));

    internal string ToStringAndClear() => _text.ToStringAndClear();
}
