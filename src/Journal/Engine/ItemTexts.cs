using System.Text;

namespace Sluice.Journal.Engine;

/// <summary>Which texts every store gives back as they were: what UTF-8 can say, without the character 0.</summary>
internal static class ItemTexts
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Demand(NewItem item)
    {
        Demand(item.ContentType, "content type");
        Demand(item.TraceId, "trace id");
        Demand(item.MessageId, "message id");
        if (item.MessageId is { Length: 0 or > NewItem.LongestMessageId } id)
        {
            throw new ArgumentException(
                $"The item's message id has {id.Length} characters: it must have between 1 and {NewItem.LongestMessageId}.", nameof(item));
        }

        if (item.Origin is { } origin)
        {
            Demand(origin.Tube, "tube");
            Demand(origin.Node, "node");
            Demand(origin.Epoch, "epoch");
        }
    }

    /// <summary>For texts that are not ours to refuse, such as a sink's answer.</summary>
    public static string Cleaned(string text) =>
        IsFine(text) ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\ufffd');

    private static void Demand(string? text, string what)
    {
        if (text is not null && !IsFine(text))
        {
            throw new ArgumentException($"The item's {what} has a character 0 or half a surrogate pair, which no store can keep: remove it.", nameof(text));
        }
    }

    private static bool IsFine(string text)
    {
        try
        {
            return Strict.GetByteCount(text) >= 0 && !text.Contains('\0', StringComparison.Ordinal);
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
