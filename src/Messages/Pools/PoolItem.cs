using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;

namespace Sluice.Messages.Pools;

/// <summary>One thing that somebody wants to have exported, and what was said beside it. It never changes once made.</summary>
public sealed record PoolItem
{
    /// <summary>The content type of a payload that is one JSON value.</summary>
    public const string JsonType = "application/json";

    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web);

    /// <summary>The item itself; under a JSON <see cref="ContentType"/> exactly one JSON value in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The payload's media type.</summary>
    public string ContentType { get; init; } = JsonType;

    /// <summary>Goes to every exporter with the item; sinks' templates (routing keys, index names) read it.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Where the item came from, if that is known.</summary>
    public ItemOrigin? Origin { get; init; }

    /// <summary>An item of any value that serialises to one JSON value that is neither null nor a list.</summary>
    /// <param name="value">The data. It is copied by being serialised: changing it afterwards changes nothing here.</param>
    /// <param name="arguments">What goes to every exporter beside the data.</param>
    /// <exception cref="ItemRefusedException"><paramref name="value"/> is null, a list or a set.</exception>
    public static PoolItem Of(object? value, IReadOnlyDictionary<string, string>? arguments = null)
    {
        var item = value as PoolItem ?? new PoolItem { Payload = JsonSerializer.SerializeToUtf8Bytes(value, Lines) };
        return item.Refusal() is { } refusal
            ? throw new ItemRefusedException(refusal)
            : arguments is null ? item : item with { Arguments = arguments };
    }

    /// <summary>Why a pool refuses this item, in a sentence with the remedy; null when it takes it.</summary>
    public string? Refusal()
    {
        if (ContentType != JsonType)
        {
            return null;
        }

        return FirstOf(Payload.Span) switch
        {
            -1 => "An item without data cannot be sent: its payload is empty.",
            '[' => "A list or set is not one item: send its elements with SendMany, or wrap it in an object.",
            'n' => "An item without data cannot be sent: the data is null.",
            _ => null,
        };
    }

    private static int FirstOf(ReadOnlySpan<byte> json)
    {
        var start = json.IndexOfAnyExcept(Blanks);
        return start < 0 ? -1 : json[start];
    }

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);
}
