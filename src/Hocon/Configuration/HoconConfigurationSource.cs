using Microsoft.Extensions.Configuration;

namespace Sluice.Hocon.Configuration;

/// <summary>Makes a HOCON configuration one of the sources of an <see cref="IConfiguration"/>.</summary>
public sealed class HoconConfigurationSource : IConfigurationSource
{
    /// <summary>Gives the configuration each time the sources are loaded.</summary>
    public required Func<Config> Load { get; init; }

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new HoconConfigurationProvider(Load);
}
