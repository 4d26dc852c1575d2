using System.Globalization;
using System.Text.Json;
using Sluice.Journal.DeadLetters;

namespace Sluice.Host.Commands.Journals;

/// <summary>A dead letter for people and for programs.</summary>
internal static class DeadLetterText
{
    private const int PayloadWidth = 60;

    /// <summary>One line: key, sink, kind, attempts, the error, the beginning of the payload.</summary>
    public static string Line(DeadLetter letter)
    {
        var again = letter.Redriving ? ", on its way again" : letter.Redrives > 0 ? string.Create(CultureInfo.InvariantCulture, $", redriven {letter.Redrives} times") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{letter.Key}  {letter.Sink}  {letter.LastTry:yyyy-MM-dd HH:mm:ss}Z  {Kind(letter)} after {letter.Attempts} attempts{again}: {letter.Error.ReplaceLineEndings(" ")}  {letter.Payload.Length:N0} bytes  {JsonLine.Excerpt(letter.Payload, PayloadWidth)}");
    }

    /// <summary>One JSON object.</summary>
    public static string Json(DeadLetter letter) => JsonLine.Of(json => Write(json, letter));

    private static void Write(Utf8JsonWriter json, DeadLetter letter)
    {
        json.WriteString("state", "dead");
        json.WriteString("key", letter.Key.ToString());
        json.WriteNumber("id", letter.Id);
        json.WriteString("sink", letter.Sink);
        json.WriteString("acceptedAt", letter.FirstSeen);
        json.WriteString("lastTry", letter.LastTry);
        json.WriteNumber("attempts", letter.Attempts);
        json.WriteNumber("redrives", letter.Redrives);
        json.WriteBoolean("redriving", letter.Redriving);
        json.WriteString("class", Kind(letter));
        json.WriteString("error", letter.Error);
        json.WriteString("response", letter.Response);
        json.WriteString("tube", letter.Origin?.Tube);
        json.WriteString("node", letter.Origin?.Node);
        json.WriteString("epoch", letter.Origin?.Epoch);
        json.WriteString("traceId", letter.TraceId);
        json.WriteString("contentType", letter.ContentType);
        JsonLine.WriteArguments(json, letter.Arguments);
        JsonLine.WritePayload(json, letter.ContentType, letter.Payload);
    }

    private static string Kind(DeadLetter letter) => letter.Class.ToString().ToLowerInvariant();
}
