using System.Collections.Frozen;
using System.Reflection;

namespace Sluice.Exporters.Sinks;

/// <summary>The kinds of sinks that configuration can name.</summary>
public static class SinkTypes
{
    /// <summary>From the value of <c>type</c> to the settings record that the rest of the section is bound to.</summary>
    public static FrozenDictionary<string, Type> All { get; } =
        (from type in typeof(SinkTypes).Assembly.GetTypes()
         where type.IsSubclassOf(typeof(SinkSettings))
         let name = type.GetCustomAttribute<SettingsTypeAttribute>()?.Name
         where name is not null
         select (name, type)).ToFrozenDictionary(kind => kind.name, kind => kind.type);
}
