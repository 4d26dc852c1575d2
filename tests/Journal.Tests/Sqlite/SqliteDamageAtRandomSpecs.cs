using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Journal.Contract;
using Sluice.Journal.Reports;
using Xunit.Abstractions;

namespace Sluice.Journal.Tests.Sqlite;

/// <summary>
/// Several hundred files damaged at places drawn by a seed. What must come back is told by a reader that knows nothing of the journal: it looks for the
/// payloads among the bytes that are left.
/// </summary>
/// <param name="log">Gets the places.</param>
public sealed partial class SqliteDamageAtRandomSpecs(ITestOutputHelper log) : IDisposable
{
    private const int Items = 400;
    private const int ItemsOfACommit = 50;
    private const int ItemsPerPage = 20;
    private const int PageSize = 4096;
    private const int Trials = 100;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pool_2_4_a_file_with_flipped_bits_gives_back_all_but_the_pages_hit_and_reports_the_rest()
    {
        var (file, _) = await TemplateAsync();
        await EachAsync(seed: 1, file, wal: null, async (random, bytes, _) =>
        {
            var offsets = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(bytes.Length)).ToArray();
            Array.ForEach(offsets, offset => bytes[offset] ^= (byte)(1 << random.Next(8)));

            var found = await ReopenAsync(bytes, wal: null, $"flips at {string.Join(", ", offsets)}");

            found.Count.ShouldBeGreaterThan(Items - (ItemsPerPage * offsets.Length));
        });
    }

    [Fact]
    public async Task Pool_2_4_a_truncated_file_gives_back_every_item_that_is_left_and_reports_the_rest()
    {
        var (file, _) = await TemplateAsync();
        await EachAsync(seed: 2, file, wal: null, async (random, bytes, _) =>
        {
            var length = random.Next(PageSize, bytes.Length);
            var left = bytes[..length];

            var found = await ReopenAsync(left, wal: null, $"cut to {length}");

            NumbersIn(left.AsSpan(0, length / PageSize * PageSize)).Except(found).ShouldBeEmpty($"readable in {length} bytes, and lost");
        });
    }

    [Fact]
    public async Task Pool_2_4_a_truncated_log_gives_back_every_commit_before_the_cut()
    {
        var (_, (file, wal)) = await TemplateAsync();
        await EachAsync(seed: 3, file, wal, async (random, bytes, tail) =>
        {
            var length = random.Next(tail.Length);

            var found = await ReopenAsync(bytes, tail[..length], $"log cut to {length}");

            var last = NumbersIn(tail.AsSpan(0, length)).DefaultIfEmpty(0).Max();
            found.Order().ShouldBe(Enumerable.Range(0, found.Count), $"log cut to {length}");
            found.Count.ShouldBeGreaterThanOrEqualTo(last / ItemsOfACommit * ItemsOfACommit);
        });
    }

    [Fact]
    public async Task Pool_2_4_a_log_with_flipped_bits_gives_back_the_commits_behind_them_too()
    {
        var (_, (file, wal)) = await TemplateAsync();
        await EachAsync(seed: 4, file, wal, async (random, bytes, tail) =>
        {
            var offset = random.Next(tail.Length * 9 / 10);
            tail[offset] ^= (byte)(1 << random.Next(8));

            var found = await ReopenAsync(bytes, tail, $"flip in the log at {offset}");

            found.Count.ShouldBeGreaterThan(Items - ItemsPerPage);
        });
    }

    [GeneratedRegex("x{200}([0-9]{6})")]
    private static partial Regex Payload();

    private static HashSet<int> NumbersIn(ReadOnlySpan<byte> bytes) =>
        [.. Payload().Matches(System.Text.Encoding.Latin1.GetString(bytes)).Select(match => NumberOf(match.Groups[1].Value))];

    private static int NumberOf(string text) => int.Parse(text[^6..], CultureInfo.InvariantCulture);

    private static async Task EachAsync(int seed, byte[] file, byte[]? wal, Func<Random, byte[], byte[], Task> trial)
    {
        var random = new Random(seed);
        for (var number = 0; number < Trials; number++)
        {
            await trial(random, [.. file], [.. wal ?? []]);
        }
    }

    /// <summary>Opens such a file and checks its books; the numbers of the items that both sinks get.</summary>
    private async Task<HashSet<int>> ReopenAsync(byte[] bytes, byte[]? wal, string damage)
    {
        log.WriteLine(damage);
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"))).FullName;
        var file = Path.Combine(folder, "orders.journal.db");
        await File.WriteAllBytesAsync(file, bytes);
        if (wal is not null)
        {
            await File.WriteAllBytesAsync(file + "-wal", wal);
        }

        var found = await OpenAndReadAsync(folder, damage, mayEndEarly: wal is not null);
        Directory.Delete(folder, recursive: true);
        return found;
    }

    private static async Task<HashSet<int>> OpenAndReadAsync(string folder, string damage, bool mayEndEarly)
    {
        await using var journal = await OpenAsync(folder);
        await journal.AddSinks("a", "b");
        var read = await Task.WhenAll(ReadAsync(journal, "a"), ReadAsync(journal, "b"));
        await journal.ShouldBeSound();
        if (!mayEndEarly)
        {
            // A dead letter is the item as it is now: the bit may have been one of its number.
            var dead = (await journal.DeadLetters()).Count(letter => letter.Sink == "a");
            var missing = Enumerable.Range(1, Items).Select(number => (long)number).Except(read[0].Keys);
            missing.Count(number => !IsReported(number, journal.Opening.Recovery)).ShouldBeLessThanOrEqualTo(dead, $"{damage}: lost without a word");
        }

        read[0].Keys.Order().ShouldBe(read[1].Keys.Order(), damage);
        return [.. read[0].Values];
    }

    /// <summary>By its number; where the last number is lost too, nobody can know which items were behind the last one found, and that is said.</summary>
    private static bool IsReported(long number, JournalRecovery? recovery) =>
        recovery is not null
        && (recovery.SequencesLost.Any(range => range.First <= number && number <= range.Last) || recovery.Remarks.Any(remark => remark.Contains("last number", StringComparison.Ordinal)));

    private static async Task<Dictionary<long, int>> ReadAsync(IJournal journal, string sink) =>
        (await journal.Read(sink, max: int.MaxValue)).ToDictionary(item => item.Key.Sequence, item => NumberOf(item.Text()));

    /// <summary>A sound journal's file, and the same as a crash would leave it: an empty file and a log that has everything.</summary>
    private async Task<(byte[] File, (byte[] File, byte[] Wal) Crashed)> TemplateAsync()
    {
        var folder = Path.Combine(_folder.Path, "template");
        var file = Path.Combine(folder, "orders.journal.db");
        (byte[] File, byte[] Wal) crashed;
        await using (var journal = await OpenAsync(folder))
        {
            await journal.AddSinks("a", "b");
            for (var from = 0; from < Items; from += ItemsOfACommit)
            {
                await journal.Append([.. Enumerable.Range(from, ItemsOfACommit).Select(number => new string('x', 200) + number.ToString("D6", CultureInfo.InvariantCulture))]);
            }

            crashed = (await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(file + "-wal"));
        }

        return (await File.ReadAllBytesAsync(file), crashed);
    }

    private static ValueTask<IJournal> OpenAsync(string folder) =>
        Journals.OpenAsync("orders", TestSettings.In(folder), TimeProvider.System, CancellationToken.None);
}
