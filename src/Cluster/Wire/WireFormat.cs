namespace Sluice.Cluster.Wire;

/// <summary>
/// The layout of frames. A frame is a header and records; all numbers are little-endian or varints (seven bits a byte, low ones first).
/// </summary>
/// <remarks>
/// <code>
/// frame   = 'S' 'L' version kind  system:text from:text from-incarnation:int32 to-incarnation:int32  record*
/// record  = length:varint kind ...                       unknown kinds are passed over
/// tell    = recipient:ref sender:ref type:ref  wrappers:varint (wrapper length:varint ...)*  leaf ...
/// origin  = outbox:int64 frame:varint                    before the entities of a frame: with its place in the frame, an entity record's id
/// entity  = recipient:ref sender:ref type:ref  wrappers...  leaf ...   the recipient is the entity's id
/// system  = first:ref second:ref  number:varint kind flags
/// ack     = number:varint
/// ref     = 0 for none | 1 length:varint text, which gets the frame's next number from 2 on | that number
/// text    = length:varint UTF-8
/// </code>
/// A path that begins with <c>/</c> lies on the receiver where it is a recipient, and on the sender of the frame everywhere else.
/// </remarks>
internal static class WireFormat
{
    public const byte Magic0 = (byte)'S';
    public const byte Magic1 = (byte)'L';
    public const byte Version = 1;

    /// <summary>Bytes that a path, a type's name or an entity's id may have.</summary>
    public const int LongestText = 1_024;

    /// <summary>Bytes of a record besides its payload, at most.</summary>
    public const int MostOverhead = (4 * LongestText) + 128;

    /// <summary>Different texts of one frame, at most.</summary>
    public const int MostTexts = 16_384;

    public const int DeepestWrapping = 8;

    public const uint NoRef = 0;
    public const uint NewRef = 1;
    public const uint FirstRef = 2;
}

/// <summary>What a frame is about.</summary>
internal enum FrameKind : byte
{
    Messages = 1,
    Heartbeat = 2,
    Entity = 3,
}

/// <summary>What a record is.</summary>
internal enum RecordKind : byte
{
    Tell = 1,
    System = 2,
    Ack = 3,
    Heartbeat = 4,
    Entity = 5,
    Origin = 6,
}

/// <summary>The innermost value of a message.</summary>
internal enum LeafKind : byte
{
    Null = 0,
    Json = 1,
    Bytes = 2,
    Text = 3,
    Int32 = 4,
    Int64 = 5,
    Double = 6,
    Boolean = 7,
    Ref = 8,
    PoisonPill = 9,
    Kill = 10,
    Failure = 11,
    Done = 12,
}

/// <summary>What a message is wrapped in.</summary>
internal enum WrapperKind : byte
{
    Success = 1,
    Identify = 2,
    Identity = 3,
    Selection = 4,
    Broadcast = 5,
}

/// <summary>A message of the life cycle on its way.</summary>
internal enum SystemKind : byte
{
    Watch = 1,
    Unwatch = 2,
    Died = 3,
    Stop = 4,
}
