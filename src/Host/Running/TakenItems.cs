using System.Globalization;
using System.Text.Json;

namespace Sluice.Host.Running;

/// <summary>Items that a journal has taken: counted, and the key of each written as a line of JSON for the caller who keeps account.</summary>
/// <param name="keys">Told the key of each item that is safe; <c>null</c> for nobody.</param>
internal sealed class TakenItems(TextWriter? keys)
{
    /// <summary>How many so far.</summary>
    public long Count { get; private set; }

    /// <summary>One more is safe.</summary>
    public async Task AddAsync(string key)
    {
        Count++;
        if (keys is not null)
        {
            await keys.WriteLineAsync($"{{\"key\":{JsonSerializer.Serialize(key)}}}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count:N0} items taken.");
}
