namespace Sluice.Exporters.Sinks;

/// <summary>
/// What configuration says of one sink. Each kind of sink has its own record, chosen by <c>type</c> (see <see cref="SinkTypes"/>);
/// its defaults are in this assembly's <c>reference.conf</c> under <c>sluice.sinks.TYPE</c>.
/// </summary>
public abstract record SinkSettings
{
    /// <summary>The sink's name: the key of its section.</summary>
    public required string Name { get; init; }

    /// <summary>Makes the sink. Nothing is sent; files are opened and repaired, servers are not contacted.</summary>
    /// <exception cref="SinkSettingsException">A setting is out of range, contradicts another, or claims what another sink holds; nothing stays open.</exception>
    public abstract ISink Open(SinkServices services);
}
