namespace Sluice.Exporters.Sinks.Consoles;

/// <summary>A sink that prints one JSON line per item (<c>type = console</c>).</summary>
[SettingsType("console")]
public sealed record ConsoleSinkSettings : SinkSettings
{
    /// <summary>Where to print.</summary>
    public required ConsoleTarget Stream { get; init; }

    /// <summary>Whether a line carries the item's key.</summary>
    public required Envelope Envelope { get; init; }

    /// <inheritdoc/>
    public override ISink Open(SinkServices services) =>
        new ConsoleSink(this, Stream is ConsoleTarget.Output ? services.Output : services.Error);
}
