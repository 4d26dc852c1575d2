using System.Text;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Wire;

/// <summary>Builds one frame after the other in a pooled array. Not for several threads at once.</summary>
internal sealed class FrameWriter : IDisposable
{
    private readonly WireWriter _bytes;
    private readonly Dictionary<object, uint> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly IRefTexts _refs;
    private readonly IActorRef? _deadLetters;
    private readonly string _own;

    /// <param name="header">Written in front.</param>
    /// <param name="ownAddress">The address of the frame's sender: paths there are written without it.</param>
    /// <param name="refs">Texts of refs.</param>
    /// <param name="deadLetters">The sender that is none.</param>
    public FrameWriter(FrameHeader header, string ownAddress, IRefTexts refs, IActorRef? deadLetters)
    {
        (_own, _refs, _deadLetters) = (ownAddress, refs, deadLetters);
        _bytes = new WireWriter(4_096);
        _bytes.Byte(WireFormat.Magic0);
        _bytes.Byte(WireFormat.Magic1);
        _bytes.Byte(WireFormat.Version);
        _bytes.Byte((byte)header.Kind);
        _bytes.Text(header.System);
        _bytes.Text(header.From.Name);
        _bytes.Int32(header.From.Incarnation);
        _bytes.Int32(header.ToIncarnation);
    }

    public int Records { get; private set; }

    public int Length => _bytes.Length;

    public ReadOnlyMemory<byte> Memory => _bytes.Memory;

    public WireWriter Begin(RecordKind kind, out int mark)
    {
        mark = _bytes.BeginLength();
        _bytes.Byte((byte)kind);
        Records++;
        return _bytes;
    }

    public void End(int mark) => _bytes.EndLength(mark);

    /// <summary>A message. The recipient lies on the receiver of the frame.</summary>
    public void Tell(IActorRef recipient, IActorRef? sender, MessageEncoder message)
    {
        Begin(RecordKind.Tell, out var mark);
        Recipient(recipient);
        Ref(sender == _deadLetters ? null : sender);
        Message(message);
        End(mark);
    }

    /// <summary>Where the frame comes from, before its first entity: what makes its messages' ids.</summary>
    public void Origin(long outbox, ulong frame)
    {
        var mark = _bytes.BeginLength();
        _bytes.Byte((byte)RecordKind.Origin);
        _bytes.Int64(outbox);
        _bytes.Varint(frame);
        End(mark);
    }

    /// <summary>A message to a named entity.</summary>
    public void Entity(string entityId, IActorRef? sender, MessageEncoder message)
    {
        Begin(RecordKind.Entity, out var mark);
        Text(entityId, entityId);
        Ref(sender == _deadLetters ? null : sender);
        Message(message);
        End(mark);
    }

    /// <summary>A message of the life cycle.</summary>
    public void LifeCycle(ulong number, SystemKind kind, IActorRef first, bool firstIsThere, IActorRef? second, bool secondIsThere, byte flags)
    {
        Begin(RecordKind.System, out var mark);
        RefAt(first, firstIsThere);
        RefAt(second, secondIsThere);
        _bytes.Varint(number);
        _bytes.Byte((byte)kind);
        _bytes.Byte(flags);
        End(mark);
    }

    public void Ack(ulong number)
    {
        Begin(RecordKind.Ack, out var mark);
        _bytes.Varint(number);
        End(mark);
    }

    public void Dispose() => _bytes.Dispose();

    private void Message(MessageEncoder message)
    {
        if (message.Type is { } type)
        {
            Text(type, type.NameBytes);
        }
        else
        {
            _bytes.Varint(WireFormat.NoRef);
        }
        _bytes.Varint((ulong)message.Wrappers);
        _bytes.Raw(message.WrapperBytes);
        _bytes.Byte((byte)message.Leaf);
        _bytes.Raw(message.Body);
    }

    private void RefAt(IActorRef? actor, bool isThere)
    {
        if (isThere)
        {
            Recipient(actor!);
        }
        else
        {
            Ref(actor);
        }
    }

    private void Recipient(IActorRef actor)
    {
        var path = actor.Path;

        // By its path, because the same actor as a sender has another text.
        if (!TryKnown(path))
        {
            var text = path.ToStringWithoutAddress();
            New(path, path.Uid == 0 ? text : $"{text}#{path.Uid}");
        }
    }

    private void Ref(IActorRef? actor)
    {
        if (actor is null)
        {
            _bytes.Varint(WireFormat.NoRef);
        }
        else if (!TryKnown(actor))
        {
            var text = _refs.FullText(actor);
            New(actor, text.StartsWith(_own, StringComparison.Ordinal) && text.Length > _own.Length && text[_own.Length] == '/' ? text[_own.Length..] : text);
        }
    }

    private void Text(object key, string text)
    {
        if (!TryKnown(key))
        {
            New(key, text);
        }
    }

    private void Text(object key, ReadOnlySpan<byte> text)
    {
        if (!TryKnown(key))
        {
            Number(key);
            _bytes.Block(text);
        }
    }

    private bool TryKnown(object key)
    {
        if (_texts.TryGetValue(key, out var number))
        {
            _bytes.Varint(number);
            return true;
        }
        return false;
    }

    private void New(object key, string text)
    {
        Number(key);

        // What is too long is written as nothing: the record is refused, the frame stays whole.
        _bytes.Text(text.Length > WireFormat.LongestText / 3 && Encoding.UTF8.GetByteCount(text) > WireFormat.LongestText ? "" : text);
    }

    private void Number(object key)
    {
        _texts[key] = WireFormat.FirstRef + (uint)_texts.Count;
        _bytes.Varint(WireFormat.NewRef);
    }
}
