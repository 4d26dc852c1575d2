using System.Collections.Frozen;
using Sluice.Exporters.Sinks.Consoles;
using Sluice.Exporters.Sinks.Files;
using Sluice.Exporters.Sinks.Http;

namespace Sluice.Exporters.Sinks;

/// <summary>The kinds of sinks that configuration can name.</summary>
public static class SinkTypes
{
    /// <summary>From the value of <c>type</c> to the settings record that the rest of the section is bound to.</summary>
    public static FrozenDictionary<string, Type> All { get; } = new Dictionary<string, Type>
    {
        ["console"] = typeof(ConsoleSinkSettings),
        ["file"] = typeof(FileSinkSettings),
        ["http"] = typeof(HttpSinkSettings),
        ["null"] = typeof(NullSinkSettings),
    }.ToFrozenDictionary();
}
