using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Sluice.Host.Output;
using Sluice.Messages.Pools;

namespace Sluice.Host.Commands;

/// <summary>Items for a pool as lines: one JSON value each, or plain text. Blank lines are passed over.</summary>
internal static class ItemLines
{
    /// <summary>Reads until the end, or until the token fires: then there are no more.</summary>
    /// <exception cref="InvalidInputException">A line is no item; those before it were given.</exception>
    public static async IAsyncEnumerable<PoolItem> ReadAsync(
        TextReader lines, bool isText, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var number = 1; await NextAsync(lines, cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return isText ? new PoolItem { Payload = ValueJson.ToUtf8(line) } : Parse(line, number);
            }
        }
    }

    // A console is not read asynchronously: a line that never comes must not hold the end back.
    private static async Task<string?> NextAsync(TextReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(lines.ReadLine, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static PoolItem Parse(string line, int number)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var item = new PoolItem { Payload = Encoding.UTF8.GetBytes(line) };
            return item.Refusal() is { } refusal ? throw Invalid(number, refusal, null) : item;
        }
        catch (JsonException fault)
        {
            throw Invalid(number, "a JSON value is expected, such as {\"name\": 1}; --text takes lines as they are.", fault);
        }
    }

    private static InvalidInputException Invalid(int number, string what, Exception? cause) =>
        new(string.Create(CultureInfo.InvariantCulture, $"standard input, line {number}: {what}"), cause);
}
