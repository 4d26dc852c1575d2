namespace Sluice.Exporters.Sinks;

/// <summary>A sink that takes everything and keeps nothing (<c>type = null</c>, quoted).</summary>
[SettingsType("null")]
public sealed record NullSinkSettings : SinkSettings
{
    /// <inheritdoc/>
    public override ISink Open(SinkServices services) => new NullSink(Name);
}
