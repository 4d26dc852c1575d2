using Sluice.Exporters.Sinks;
using Sluice.Hocon;

namespace Sluice.Exporters.Tests.Sinks;

/// <summary>Settings as configuration makes them: a section on top of the reference.</summary>
internal static class Configured
{
    public static TSettings Sink<TSettings>(string type, string section)
        where TSettings : SinkSettings =>
        (TSettings)ConfigurationFactory.ParseString($"type = {type}, name = {type}\n{section}")
            .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig($"sluice.sinks.{type}"))
            .Bind<SinkSettings>();
}
