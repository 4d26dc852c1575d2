using Microsoft.Extensions.Configuration;

namespace Sluice.Hocon.Configuration;

/// <summary>Adds HOCON to the sources of an <see cref="IConfiguration"/>.</summary>
public static class HoconConfigurationExtensions
{
    /// <summary>Adds a file. Relative paths start at the builder's base path. The file is read once, when the configuration is built.</summary>
    /// <param name="builder">The sources.</param>
    /// <param name="path">The file.</param>
    /// <param name="optional">Whether the file may be missing.</param>
    /// <exception cref="ConfigException">On building: the file is missing, though not optional, or is not HOCON.</exception>
    public static IConfigurationBuilder AddHoconFile(this IConfigurationBuilder builder, string path, bool optional = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var file = Path.IsPathRooted(path) ? path : builder.GetFileProvider().GetFileInfo(path).PhysicalPath ?? path;
        return builder.Add(new HoconConfigurationSource
        {
            Load = () => optional && !File.Exists(file) ? ConfigurationFactory.Empty : ConfigurationFactory.ParseFile(file),
        });
    }

    /// <summary>Adds a configuration that is there already.</summary>
    public static IConfigurationBuilder AddHocon(this IConfigurationBuilder builder, Config config)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HoconConfigurationSource { Load = () => config });
    }
}
