using System.Reflection;
using System.Text.Json;
using Sluice.Hocon.Configuration;
using Sluice.Hocon.Sources;
using Sluice.Hocon.Tree;

namespace Sluice.Hocon;

/// <summary>Makes configurations of texts, files, embedded resources and objects.</summary>
public static class ConfigurationFactory
{
    /// <summary>A configuration without any keys.</summary>
    public static Config Empty { get; } = new([new ObjectNode(new Origin("an empty configuration", 0, 0))], KeyPath.Root);

    /// <summary>Parses HOCON (or JSON, which is HOCON).</summary>
    /// <param name="hocon">The text. It may include files by absolute path only.</param>
    /// <param name="name">How error messages call the text.</param>
    /// <exception cref="ConfigException">The text is not HOCON. Substitutions are not looked at before a value is read.</exception>
    public static Config ParseString(string hocon, string name = "configuration")
    {
        ArgumentNullException.ThrowIfNull(hocon);
        return Of(new TextSource(name, hocon));
    }

    /// <summary>Parses a file in UTF-8 and the files it includes; relative includes are sought beside the including file.</summary>
    /// <exception cref="ConfigException">The file does not exist, cannot be read or is not HOCON.</exception>
    public static Config ParseFile(string path) => Of(FileSource.Load(path));

    /// <summary>The defaults of an assembly: its embedded <c>reference.conf</c>, which errors call <c>reference.conf of AssemblyName</c>.</summary>
    /// <exception cref="ConfigException">The assembly embeds none, or it is not HOCON.</exception>
    public static Config Reference(Assembly assembly) => FromResource("reference.conf", assembly);

    /// <summary>The defaults of the assembly that declares <typeparamref name="TAssembly"/>.</summary>
    /// <inheritdoc cref="Reference(Assembly)" path="/exception"/>
    public static Config FromResource<TAssembly>() => Reference(typeof(TAssembly).Assembly);

    /// <summary>Parses a text that is embedded in an assembly; a name without namespace is enough.</summary>
    /// <exception cref="ConfigException">The assembly embeds no such text, or it is not HOCON.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var source = ResourceSource.Find(assembly, resourceName);
        return source is not null
            ? Of(source)
            : throw new ConfigException(
                new Origin($"{resourceName} of {assembly.GetName().Name}", 0, 0),
                $"the resource does not exist: add <EmbeddedResource Include=\"{resourceName}\" /> to the project.");
    }

    /// <summary>
    /// A configuration from an object's properties, such as an anonymous type's; names become kebab-case, a dictionary's keys stay as they are.
    /// </summary>
    public static Config FromObject(object source, string name = "the program") =>
        ParseString(JsonSerializer.Serialize(source, ObjectNotation.Options), name);

    private static Config Of(Source source) => new([Parser.Parse(source)], KeyPath.Root);
}
