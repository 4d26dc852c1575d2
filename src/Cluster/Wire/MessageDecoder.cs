using System.Text;
using System.Text.Json;
using Sluice.Kernel;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Routing;

namespace Sluice.Cluster.Wire;

/// <summary>Reads one message: what it is wrapped in, then the innermost value.</summary>
internal sealed class MessageDecoder(IRefTexts refs)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly (WrapperKind Kind, string Text)[] _wrappers = new (WrapperKind, string)[WireFormat.DeepestWrapping];

    /// <summary>Why the last message was refused.</summary>
    public string Fault { get; private set; } = "";

    /// <summary>The message, or <c>null</c> with <see cref="Fault"/> set.</summary>
    public object? Read(ref WireReader record, MessageType? type, Address from)
    {
        Fault = "a message is cut off or does not hold together";
        var count = record.Varint();
        if (count > WireFormat.DeepestWrapping)
        {
            return null;
        }
        for (var i = 0; i < (int)count; i++)
        {
            _wrappers[i] = ((WrapperKind)record.Byte(), record.Text(WireFormat.LongestText));
        }
        var leaf = (LeafKind)record.Byte();
        if (record.HasFailed || (leaf == LeafKind.Json) != (type is not null))
        {
            return null;
        }
        try
        {
            return TryLeaf(leaf, ref record, type, from, out var message) ? Wrap(message, (int)count, from) : null;
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException)
        {
            Fault = $"a message of the type {type?.Name ?? leaf.ToString()} cannot be read: {failure.Message}";
            return null;
        }
    }

    private bool TryLeaf(LeafKind leaf, ref WireReader record, MessageType? type, Address from, out object? message)
    {
        var body = record.Rest;
        message = leaf switch
        {
            LeafKind.Json => JsonSerializer.Deserialize(body, type!.Info),
            LeafKind.Bytes => body.ToArray(),
            LeafKind.Text => Strict.GetString(body),
            LeafKind.Int32 => record.Int32(),
            LeafKind.Int64 => record.Int64(),
            LeafKind.Double => record.Double(),
            LeafKind.Boolean => record.Byte() != 0,
            LeafKind.Ref => refs.Resolve(record.Text(WireFormat.LongestText), from),
            LeafKind.PoisonPill => PoisonPill.Instance,
            LeafKind.Kill => Kill.Instance,
            LeafKind.Failure => new Status.Failure(new RemoteFailureException(record.Text(WireFormat.LongestText), record.Text(WireFormat.LongestText))),
            LeafKind.Done => Done.Instance,
            _ => null,
        };
        return !record.HasFailed && (message is not null || leaf == LeafKind.Null);
    }

    private object? Wrap(object? message, int count, Address from)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            var (kind, text) = _wrappers[i];
            message = kind switch
            {
                WrapperKind.Success => new Status.Success(message),
                WrapperKind.Identify => new Identify(message),
                WrapperKind.Identity => new ActorIdentity(message, text.Length == 0 ? null : refs.Resolve(text, from)),
                WrapperKind.Selection when message is not null => Selection(message, text),
                WrapperKind.Broadcast when message is not null => new Broadcast(message),
                _ => null,
            };
            if (message is null)
            {
                return null;
            }
        }
        return message;
    }

    private static ActorSelectionMessage Selection(object message, string text)
    {
        var isFanOut = text.StartsWith('*');
        var steps = (isFanOut ? text[1..] : text).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return new ActorSelectionMessage(message, [.. steps.Select(SelectionPathElement.Parse)], isFanOut);
    }
}
