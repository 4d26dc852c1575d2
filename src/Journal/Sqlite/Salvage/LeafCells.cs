using System.Buffers.Binary;

namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>
/// The records on a leaf page (sqlite.org/fileformat2.html, sections 1.6 and 2.1). A cell that makes no sense is passed over: checksums decide later
/// which of the others can be believed.
/// </summary>
internal sealed class LeafCells(PageFile pages)
{
    private const byte TableLeaf = 0x0d;
    private const byte IndexLeaf = 0x0a;
    private const int Usable = SqliteStore.PageSize;
    private const int LongestPayload = 1 << 30;

    private readonly byte[] _overflow = new byte[Usable];

    /// <summary>Row number (0 on index pages) and values of each cell.</summary>
    public IEnumerable<(long Row, object?[] Values)> Read(byte[] page)
    {
        var start = page.AsSpan().StartsWith("SQLite format 3\0"u8) ? 100 : 0;
        var isTable = page[start] == TableLeaf;
        if (!isTable && page[start] != IndexLeaf)
        {
            yield break;
        }

        var count = Math.Min((int)BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(start + 3)), Usable / 4);
        for (var index = 0; index < count && start + 8 + (2 * index) + 2 <= Usable; index++)
        {
            var at = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(start + 8 + (2 * index)));
            if (TryCell(page, at, isTable, out var row, out var record) && Record.TryRead(record) is { } values)
            {
                yield return (row, values);
            }
        }
    }

    private bool TryCell(byte[] page, int at, bool isTable, out long row, out byte[] record)
    {
        (row, record) = (0, []);
        if (!Record.TryVarint(page, ref at, out var length) || length is < 0 or > LongestPayload || (isTable && !Record.TryVarint(page, ref at, out row)))
        {
            return false;
        }

        var local = LocalPart((int)length, isTable);
        if (at + local + (local < length ? 4 : 0) > Usable)
        {
            return false;
        }

        record = new byte[length];
        page.AsSpan(at, local).CopyTo(record);
        return local == length || TryOverflow(BinaryPrimitives.ReadUInt32BigEndian(page.AsSpan(at + local)), record.AsMemory(local));
    }

    private bool TryOverflow(uint next, Memory<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (next is 0 or > int.MaxValue || !pages.TryReadNewest((int)next, _overflow))
            {
                return false;
            }

            var part = Math.Min(rest.Length, Usable - 4);
            _overflow.AsSpan(4, part).CopyTo(rest.Span);
            rest = rest[part..];
            next = BinaryPrimitives.ReadUInt32BigEndian(_overflow);
        }

        return true;
    }

    private static int LocalPart(int length, bool isTable)
    {
        var most = isTable ? Usable - 35 : ((Usable - 12) * 64 / 255) - 23;
        if (length <= most)
        {
            return length;
        }

        var least = ((Usable - 12) * 32 / 255) - 23;
        var fitting = least + ((length - least) % (Usable - 4));
        return fitting <= most ? fitting : least;
    }
}
