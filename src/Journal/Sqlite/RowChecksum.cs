using Sluice.Journal.Engine;

namespace Sluice.Journal.Sqlite;

/// <summary>Over the small rows that say who is owed what: an error there would lose more than an item, so each is checked whenever it is read.</summary>
internal static class RowChecksum
{
    public static uint OfPool(string name, ReadOnlySpan<long> numbers) => Over(Checksum.Start.Add(name), numbers);

    public static uint OfSink(long id, string name, string standing, string? leavingTo, ReadOnlySpan<long> numbers) =>
        Over(Checksum.Start.Add(id).Add(name).Add(standing).Add(leavingTo), numbers);

    public static uint OfDropped(long sink, string reason, long items) => Checksum.Start.Add(1).Add(sink).Add(reason).Add(items).Value;

    public static uint OfSettled(long sink, long first, long last) => Checksum.Start.Add(2).Add(sink).Add(first).Add(last).Value;

    public static uint OfAudience(long id, long sink, string sinkName) => Checksum.Start.Add(3).Add(id).Add(sink).Add(sinkName).Value;

    public static uint OfMessage(long number, string id, long sequence, long items) =>
        Checksum.Start.Add(4).Add(number).Add(id).Add(sequence).Add(items).Value;

    private static uint Over(Checksum checksum, ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            checksum = checksum.Add(number);
        }

        return checksum.Value;
    }
}
