using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Tubes.Binding.Conversion;
using Sluice.Tubes.Errors;

namespace Sluice.Host.Commands;

/// <summary>Process inputs as JSON lines: one object, one process call. Blank lines are passed over.</summary>
internal static class ProcessInputs
{
    /// <exception cref="InvalidInputException">A line is not a JSON object; the calls before it were made.</exception>
    public static async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> ReadAsync(
        TextReader lines, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var number = 1; await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, number);
            }
        }
    }

    private static IReadOnlyDictionary<string, object?> Parse(string line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return JsonValues.ToPlain(json) as IReadOnlyDictionary<string, object?> ?? throw NotAnObject(number, null);
        }
        catch (JsonException fault)
        {
            throw NotAnObject(number, fault);
        }
    }

    private static InvalidInputException NotAnObject(int number, Exception? cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"standard input, line {number}: a JSON object with the inputs of one process call is expected, such as {{\"name\": 1}}."), cause);
}

/// <summary>Data on standard input cannot be used.</summary>
internal sealed class InvalidInputException(string message, Exception? cause) : TubeException(message, cause);
