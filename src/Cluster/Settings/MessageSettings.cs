using System.Reflection;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Settings;

/// <summary>Which types of messages may travel, besides those that the program registers itself.</summary>
public sealed record MessageSettings
{
    /// <summary>Names of assemblies whose public types may.</summary>
    public required IReadOnlyList<string> Assemblies { get; init; }

    /// <summary>Namespaces whose public types may, each as <c>Assembly:Name.Space</c>.</summary>
    public required IReadOnlyList<string> Namespaces { get; init; }

    /// <exception cref="ConfigurationException">An assembly is not there, or has no such namespace.</exception>
    internal void Register(MessageTypes types)
    {
        foreach (var name in Assemblies)
        {
            types.RegisterAssembly(Load(name, "assemblies"));
        }
        foreach (var entry in Namespaces)
        {
            var (assembly, ns) = entry.Split(':') is [var before, var after]
                ? (before, after)
                : throw new ConfigurationException($"sluice.cluster.messages.namespaces has '{entry}': write Assembly:Name.Space.");
            try
            {
                types.RegisterNamespace(Load(assembly, "namespaces"), ns);
            }
            catch (ArgumentException failure)
            {
                throw new ConfigurationException($"sluice.cluster.messages.namespaces: {failure.Message}");
            }
        }
    }

    private static Assembly Load(string name, string key)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception failure) when (failure is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            throw new ConfigurationException($"sluice.cluster.messages.{key} names the assembly '{name}', which cannot be loaded: put it beside the program.");
        }
    }
}
