using Sluice.Hocon;

namespace Sluice.Kernel.Actor;

/// <summary>Reads the phases of a coordinated shutdown and puts them in order.</summary>
internal static class CoordinatedShutdownPhases
{
    public const string Path = KernelSettings.Root + ".coordinated-shutdown";

    /// <summary>The phases in the order in which they are passed: each behind those that it depends on, otherwise by name.</summary>
    /// <exception cref="ConfigurationException">Phases depend on each other in a circle.</exception>
    public static IReadOnlyList<CoordinatedShutdownPhase> From(Config config)
    {
        var settings = config.GetConfig(Path);
        var all = settings.GetConfig("phases");
        var phases = all.Root.Fields.Keys.Select(name => Read(name, all.GetConfig($"\"{name}\""), settings)).ToDictionary(phase => phase.Name);
        var ordered = new List<CoordinatedShutdownPhase>();
        foreach (var name in phases.Keys.Order(StringComparer.Ordinal))
        {
            Visit(name, phases, ordered, []);
        }
        return ordered;
    }

    private static CoordinatedShutdownPhase Read(string name, Config phase, Config defaults) => new()
    {
        Name = name,
        DependsOn = [.. phase.GetStringList("depends-on", [])],
        Timeout = phase.GetTimeSpan("timeout", defaults.GetTimeSpan("default-phase-timeout", allowInfinite: false), allowInfinite: false),
        Recover = phase.GetBoolean("recover", true),
        Enabled = phase.GetBoolean("enabled", true),
    };

    private static void Visit(
        string name, Dictionary<string, CoordinatedShutdownPhase> phases, List<CoordinatedShutdownPhase> ordered, List<string> way)
    {
        if (way.Contains(name))
        {
            throw new ConfigurationException(
                $"The phases of {Path} depend on each other in a circle, {string.Join(" -> ", way)} -> {name}: take one depends-on away.");
        }
        if (!phases.TryGetValue(name, out var phase))
        {
            throw new ConfigurationException($"The phase {way[^1]} of {Path} depends on '{name}', which is no phase: describe it there.");
        }
        if (ordered.Contains(phase))
        {
            return;
        }
        way.Add(name);
        foreach (var before in phase.DependsOn)
        {
            Visit(before, phases, ordered, way);
        }
        way.RemoveAt(way.Count - 1);
        ordered.Add(phase);
    }
}
