using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Processors;

/// <summary>Writes each item as one line of JSON, without the line break. Names are in camelCase, enums are words.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <param name="options">How to write instead; must not indent.</param>
public sealed class JsonLineProcessor<T>(JsonSerializerOptions? options = null) : IProcessor<T, string>
{
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly JsonSerializerOptions _options = options is { WriteIndented: true }
        ? throw new ArgumentException("Indented JSON takes several lines; set WriteIndented to false.", nameof(options))
        : options ?? Plain;

    /// <inheritdoc/>
    public ValueTask<string?> ProcessAsync(T item, ContextState context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<string?>(JsonSerializer.Serialize(item, _options));
}
