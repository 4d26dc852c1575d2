using System.Buffers.Binary;

namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>
/// A write-ahead log, read without SQLite (format: sqlite.org/fileformat2.html, section 4).
///   header  magic u32 · version u32 · page size u32 · checkpoint u32 · salt 2 × u32 · checksum 2 × u32
///   frame   page number u32 · pages in file after commit (0: none) u32 · salt 2 × u32 · checksum 2 × u32 · page
/// A frame's checksum goes on from the one before. SQLite silently stops at the first frame that does not match, which is right for a torn tail; a
/// commit of the same generation that matches again behind it shows that committed frames were damaged.
/// </summary>
internal sealed class WalFile
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const uint Magic = 0x377f0682;

    private WalFile(IReadOnlyList<Frame> frames, bool isDamaged) => (Frames, IsDamaged) = (frames, isDamaged);

    /// <summary>
    /// Every frame of the present generation in the order written, up to the last that matches. One before it that does not match is included: most of
    /// its page is as it was written, and rows have checksums of their own.
    /// </summary>
    public IReadOnlyList<Frame> Frames { get; }

    /// <summary>Whether something that was committed does not match.</summary>
    public bool IsDamaged { get; }

    public static WalFile Read(string file)
    {
        if (!File.Exists(file))
        {
            return new WalFile([], isDamaged: false);
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        var header = new byte[HeaderSize];
        if (stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize)
        {
            return new WalFile([], isDamaged: false);
        }

        return Read(stream, header);
    }

    private static WalFile Read(FileStream stream, byte[] header)
    {
        var bigEndian = (Word(header, 0) & 1) == 1;
        var sum = Sum.Start.Add(header.AsSpan(0, 24), bigEndian);
        var headerMatches = (Word(header, 0) & ~1u) == Magic && sum == Sum.At(header, 24);
        var salt = headerMatches ? BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(16)) : default(ulong?);
        var (frames, believed) = (new List<Frame>(), 0);
        var (broken, damaged) = (!headerMatches, false);
        var frame = new byte[FrameHeaderSize + SqliteStore.PageSize];
        for (var offset = (long)HeaderSize; stream.ReadAtLeast(frame, frame.Length, false) == frame.Length; offset += frame.Length)
        {
            // Without a header the first frame tells the generation: later generations begin where it lies.
            salt ??= BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8));
            var matches = Matches(frame, sum, salt.Value, bigEndian);

            // A transaction larger than the cache writes pages twice, and their checksums anew only with its commit: without a commit behind it, nothing is damaged.
            damaged |= matches && broken && Word(frame, 4) != 0;
            broken |= !matches;
            sum = Sum.At(frame, 16);
            frames.Add(new Frame((int)Word(frame, 0), offset + FrameHeaderSize));
            believed = matches ? frames.Count : believed;
        }

        return new WalFile(frames[..believed], damaged);
    }

    private static bool Matches(byte[] frame, Sum sum, ulong salt, bool bigEndian) =>
        BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8)) == salt
        && sum.Add(frame.AsSpan(0, 8), bigEndian).Add(frame.AsSpan(FrameHeaderSize), bigEndian) == Sum.At(frame, 16);

    private static uint Word(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));

    /// <summary>A page as some transaction left it.</summary>
    internal readonly record struct Frame(int Page, long Offset);

    private readonly record struct Sum(uint A, uint B)
    {
        public static Sum Start => default;

        public static Sum At(byte[] bytes, int at) => new(Word(bytes, at), Word(bytes, at + 4));

        public Sum Add(ReadOnlySpan<byte> bytes, bool bigEndian)
        {
            var (a, b) = (A, B);
            for (; bytes.Length >= 8; bytes = bytes[8..])
            {
                a += (bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes)) + b;
                b += (bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) + a;
            }

            return new Sum(a, b);
        }
    }
}
