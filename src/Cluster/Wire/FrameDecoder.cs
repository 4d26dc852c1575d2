using Sluice.Cluster.Transport;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Wire;

/// <summary>
/// Takes frames apart. Nothing that arrives makes it throw: a record that is not understood is refused by itself, and so is the rest of a frame
/// that does not hold together. Not for several threads at once.
/// </summary>
internal sealed class FrameDecoder(MessageTypes types, IRefTexts refs)
{
    private readonly List<FrameText> _texts = [];
    private readonly MessageDecoder _messages = new(refs);
    private MessageId _id;

    public void Decode(ReadOnlySpan<byte> frame, IFrameSink sink)
    {
        var reader = new WireReader(frame);
        if (reader.Byte() != WireFormat.Magic0 || reader.Byte() != WireFormat.Magic1)
        {
            sink.Refused("it is no frame of this protocol");
            return;
        }
        if (reader.Byte() is var version && version != WireFormat.Version)
        {
            sink.Refused($"it is of version {version}, this member speaks version {WireFormat.Version}");
            return;
        }
        var kind = (FrameKind)reader.Byte();
        var system = reader.Text(WireFormat.LongestText);
        var header = new FrameHeader(kind, system, new MemberId(reader.Text(WireFormat.LongestText), reader.Int32()), reader.Int32());
        if (reader.HasFailed || system.Length == 0 || header.From.Name.Length == 0)
        {
            sink.Refused("its header is cut off or empty");
        }
        else if (sink.Begin(header))
        {
            Records(ref reader, new Address("sluice", system, header.From.Name, header.From.Incarnation), sink);
        }
    }

    private void Records(ref WireReader reader, Address from, IFrameSink sink)
    {
        _texts.Clear();
        _id = MessageId.None;
        while (!reader.IsAtEnd)
        {
            var record = new WireReader(reader.Block(int.MaxValue));
            if (reader.HasFailed || !TryRecord(ref record, from, sink))
            {
                sink.Refused("a record is cut off or does not hold together, the rest of the frame is dropped");
                return;
            }
        }
    }

    /// <returns>False when the texts of the frame can no longer be trusted.</returns>
    private bool TryRecord(ref WireReader record, Address from, IFrameSink sink)
    {
        var kind = (RecordKind)record.Byte();
        switch (kind)
        {
            case RecordKind.Origin:
                _id = new MessageId(record.Int64(), record.Varint(), 0);
                return !record.HasFailed;
            case RecordKind.Entity:
                // Refused ones count as well: another member may take them, and all must reckon the same places.
                _id = _id with { Place = _id.Place + 1 };
                return TryMessage(kind, ref record, from, sink);
            case RecordKind.Tell:
                return TryMessage(kind, ref record, from, sink);
            case RecordKind.System:
                return TryLifeCycle(ref record, from, sink);
            case RecordKind.Ack:
                var number = record.Varint();
                if (!record.HasFailed)
                {
                    sink.Acknowledged(number);
                }
                return !record.HasFailed;
            case RecordKind.Heartbeat:
                var load = new MemberLoad(record.Double(), record.Int64(), record.Int32(), record.Double());
                if (!record.HasFailed)
                {
                    sink.Heartbeat(load);
                }
                return !record.HasFailed;
            default:
                sink.Refused($"a record is of the unknown kind {(byte)kind}");
                return !record.HasFailed;
        }
    }

    private bool TryMessage(RecordKind kind, ref WireReader record, Address from, IFrameSink sink)
    {
        if (!TryText(ref record, out var to) || !TryText(ref record, out var by) || !TryText(ref record, out var type))
        {
            return false;
        }
        var messageType = type is null ? null : type.Type ??= types.Find(type.Text);
        if (type is not null && messageType is null)
        {
            sink.Refused($"a message has the type '{type.Text}', which is not registered here");
        }
        else if (_messages.Read(ref record, messageType, from) is not { } message)
        {
            sink.Refused(_messages.Fault);
        }
        else if (kind == RecordKind.Entity && to is not null)
        {
            sink.Entity(to.Text, message, Resolve(by, from), _id.IsNone ? MessageId.None : _id);
        }
        else if (kind == RecordKind.Tell && ResolveHere(to) is { } recipient)
        {
            sink.Tell(recipient, message, Resolve(by, from));
        }
        else
        {
            sink.Refused("a message has no recipient");
        }
        return true;
    }

    private bool TryLifeCycle(ref WireReader record, Address from, IFrameSink sink)
    {
        if (!TryText(ref record, out var first) || !TryText(ref record, out var second))
        {
            return false;
        }
        var number = record.Varint();
        var kind = (SystemKind)record.Byte();
        var flags = record.Byte();
        if (record.HasFailed)
        {
            return false;
        }
        var isToWatcher = kind == SystemKind.Died;
        if (kind is < SystemKind.Watch or > SystemKind.Stop || (isToWatcher ? Resolve(first, from) : ResolveHere(first)) is not { } one)
        {
            sink.Refused($"a life-cycle message is of the unknown kind {(byte)kind} or has no recipient");
            return true;
        }
        sink.LifeCycle(number, kind, one, isToWatcher ? ResolveHere(second) : Resolve(second, from), flags);
        return true;
    }

    private IActorRef? ResolveHere(FrameText? text) =>
        text is null || !text.Text.StartsWith('/') ? null : text.Ref ??= refs.Resolve(text.Text, refs.Own);

    private IActorRef? Resolve(FrameText? text, Address from) =>
        text is null || text.Text.Length == 0 ? null : text.Ref ??= refs.Resolve(text.Text, from);

    private bool TryText(ref WireReader record, out FrameText? text)
    {
        text = null;
        var number = record.Varint();
        if (record.HasFailed)
        {
            return false;
        }
        if (number == WireFormat.NewRef)
        {
            text = new FrameText(record.Text(WireFormat.LongestText));
            _texts.Add(text);
            return !record.HasFailed && _texts.Count <= WireFormat.MostTexts;
        }
        if (number >= WireFormat.FirstRef)
        {
            var index = number - WireFormat.FirstRef;
            text = index < (ulong)_texts.Count ? _texts[(int)index] : null;
            return text is not null;
        }
        return true;
    }

    /// <summary>A text that the frame numbered, with what it stands for once that was looked up.</summary>
    private sealed class FrameText(string text)
    {
        public string Text => text;

        public IActorRef? Ref { get; set; }

        public MessageType? Type { get; set; }
    }
}
