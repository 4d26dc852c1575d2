using System.Text.Json;
using Sluice.Kernel;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Routing;

namespace Sluice.Cluster.Wire;

/// <summary>Turns a message into bytes, ready to be put into a frame. One per thread: the bytes are valid until its next message.</summary>
internal sealed class MessageEncoder : IDisposable
{
    private const int Roomy = 1 << 16;

    [ThreadStatic]
    private static MessageEncoder? _mine;

    private readonly WireWriter _scratch = new(4_096);
    private readonly Utf8JsonWriter _json;
    private int _wrappersEnd;
    private ReadOnlyMemory<byte> _body;

    private MessageEncoder() => _json = new Utf8JsonWriter(_scratch, new JsonWriterOptions { SkipValidation = true });

    public int Wrappers { get; private set; }

    public LeafKind Leaf { get; private set; }

    public MessageType? Type { get; private set; }

    public ReadOnlySpan<byte> WrapperBytes => _scratch.Span[.._wrappersEnd];

    public ReadOnlySpan<byte> Body => _body.Span;

    /// <exception cref="MessageRefusedException">The message may not travel.</exception>
    public static MessageEncoder Encode(object? message, MessageTypes types, IRefTexts refs)
    {
        var mine = _mine;
        if (mine is null || mine._scratch.Length > Roomy)
        {
            mine?.Dispose();
            mine = _mine = new MessageEncoder();
        }
        mine.Write(message, types, refs);
        return mine;
    }

    public void Dispose()
    {
        _json.Dispose();
        _scratch.Dispose();
    }

    private void Write(object? message, MessageTypes types, IRefTexts refs)
    {
        _scratch.Truncate(0);
        Wrappers = 0;
        message = Unwrap(message, refs);
        _wrappersEnd = _scratch.Length;
        Type = null;
        _body = default;
        if (!TryPlain(message, refs))
        {
            WriteJson(message!, types);
        }
        if (_body.IsEmpty)
        {
            _body = _scratch.Memory[_wrappersEnd..];
        }
    }

    private object? Unwrap(object? message, IRefTexts refs)
    {
        for (; ; Wrappers++)
        {
            switch (message)
            {
                case Status.Success success:
                    Wrap(WrapperKind.Success);
                    message = success.Status;
                    break;
                case Identify identify:
                    Wrap(WrapperKind.Identify);
                    message = identify.MessageId;
                    break;
                case ActorIdentity identity:
                    Wrap(WrapperKind.Identity, identity.Subject is null ? "" : refs.FullText(identity.Subject));
                    message = identity.MessageId;
                    break;
                case ActorSelectionMessage selection:
                    Wrap(WrapperKind.Selection, (selection.WildCardFanOut ? "*" : "") + "/" + string.Join('/', selection.Elements));
                    message = selection.Message;
                    break;
                case Broadcast broadcast:
                    Wrap(WrapperKind.Broadcast);
                    message = broadcast.Message;
                    break;
                default:
                    return message;
            }
            if (Wrappers == WireFormat.DeepestWrapping)
            {
                throw new MessageRefusedException($"A message is wrapped more than {WireFormat.DeepestWrapping} times: send what is inside of it.");
            }
        }
    }

    private void Wrap(WrapperKind kind, string text = "")
    {
        _scratch.Byte((byte)kind);
        _scratch.Text(text);
    }

    private bool TryPlain(object? message, IRefTexts refs)
    {
        Leaf = message switch
        {
            null => LeafKind.Null,
            byte[] or ReadOnlyMemory<byte> => LeafKind.Bytes,
            string => LeafKind.Text,
            int => LeafKind.Int32,
            long => LeafKind.Int64,
            double => LeafKind.Double,
            bool => LeafKind.Boolean,
            IActorRef => LeafKind.Ref,
            PoisonPill => LeafKind.PoisonPill,
            Kill => LeafKind.Kill,
            Status.Failure => LeafKind.Failure,
            Done => LeafKind.Done,
            _ => LeafKind.Json,
        };
        switch (message)
        {
            case byte[] bytes:
                _body = bytes;
                break;
            case ReadOnlyMemory<byte> bytes:
                _body = bytes;
                break;
            case string text:
                _scratch.RawText(text);
                break;
            case int number:
                _scratch.Int32(number);
                break;
            case long number:
                _scratch.Int64(number);
                break;
            case double number:
                _scratch.Double(number);
                break;
            case bool yes:
                _scratch.Byte(yes ? (byte)1 : (byte)0);
                break;
            case IActorRef actor:
                _scratch.Text(refs.FullText(actor));
                break;
            case Status.Failure failure:
                var cause = failure.Cause as RemoteFailureException;
                _scratch.Text(Short(cause?.OriginalType ?? failure.Cause.GetType().ToString()));
                _scratch.Text(Short(failure.Cause.Message));
                break;
        }
        return Leaf != LeafKind.Json;
    }

    private static string Short(string text) => text.Length <= WireFormat.LongestText / 4 ? text : text[..(WireFormat.LongestText / 4)];

    private void WriteJson(object message, MessageTypes types)
    {
        Type = types.Of(message.GetType());
        _json.Reset(_scratch);
        try
        {
            JsonSerializer.Serialize(_json, message, Type.Info);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new MessageRefusedException(
                $"A message of the type {Type.Type} cannot be written as JSON: {failure.Message} Register all types that its members hold, and use types "
                + "that System.Text.Json can write and read again.",
                failure);
        }
        _json.Flush();
    }
}
