using System.Text;
using System.Text.Json;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Files;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class FileSinkFaultSpecs : IDisposable
{
    private const string HoldLock = """
        use Fcntl; open(F, "+<", $ARGV[0]) or die; my $lock = pack("s s x4 q q l x4", F_WRLCK, 0, 0x7ffffffffffffffe, 1, 0);
        fcntl(F, F_SETLK, $lock) or die; $| = 1; print "held\n"; <STDIN>;
        """;

    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pool_2_4_a_full_device_refuses_with_its_name_and_the_reason()
    {
        await using var sink = Open("/dev/full", Fsync.Never);

        var outcomes = await sink.SendAsync(Items.Numbered(2), CancellationToken.None);

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.RetryLater);
        outcomes[0].ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldBe("/dev/full cannot be written: No space left on device : '/dev/full'");
    }

    [SmallDiskFact]
    public async Task Pool_2_4_a_disk_that_fills_up_tears_no_line_and_goes_on_when_there_is_space()
    {
        using var disk = SmallDisk.TryMount()!;
        var path = Path.Combine(disk.Path, "items.jsonl");
        await File.WriteAllBytesAsync(Path.Combine(disk.Path, "ballast"), new byte[32 * 1024]);
        await using var sink = Open(path, Fsync.Batch);
        var line = "\"" + new string('x', 2998) + "\"";
        var delivered = 0;
        while ((await sink.SendAsync([Items.Json(1, line)], CancellationToken.None))[0] is SinkOutcome.Delivered)
        {
            delivered++;
        }

        var whole = await File.ReadAllLinesAsync(path);
        File.Delete(Path.Combine(disk.Path, "ballast"));
        var after = await sink.SendAsync(Items.Of("2"), CancellationToken.None);

        whole.ShouldBe(Enumerable.Repeat(line, delivered));
        after[0].ShouldBeOfType<SinkOutcome.Delivered>();
        (await File.ReadAllLinesAsync(path))[^1].ShouldBe("2");
    }

    [Fact]
    public async Task Exporters_7_a_path_that_another_process_writes_is_an_error_at_construction()
    {
        var path = _folder.File("items.jsonl");
        await File.WriteAllTextAsync(path, "");
        using var other = Commands.Start("perl", "-e", HoldLock, path);
        (await other.StandardOutput.ReadLineAsync()).ShouldBe("held");

        Should.Throw<SinkSettingsException>(() => Open(path, Fsync.Never)).Message
            .ShouldBe($"Sink 'archive', path: cannot be written: {path} is written by another process; stop it, or give this sink another path.");

        other.StandardInput.Close();
        await other.WaitForExitAsync();
        await Open(path, Fsync.Never).DisposeAsync();
    }

    [Fact]
    public async Task Lines_can_be_read_while_they_are_written_and_waiting_ones_are_synced_by_the_clock()
    {
        var path = _folder.File("items.jsonl");
        await using var sink = Open(path, Fsync.Interval);

        await sink.SendAsync(Items.Of("1"), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await sink.SendAsync(Items.Of("2"), CancellationToken.None);

        (await File.ReadAllLinesAsync(path)).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Batches_sent_at_once_do_not_mix_and_every_line_is_whole()
    {
        var path = _folder.File("items.jsonl");
        await using (var sink = Open(path, Fsync.Never, rollSize: 5_000))
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(batch => sink.SendAsync(Items.Numbered(20, from: batch * 20), CancellationToken.None).AsTask())).Within();
        }

        var numbers = Directory.EnumerateFiles(_folder.Path).SelectMany(File.ReadAllLines).Select(NumberIn).ToList();
        numbers.Order().ShouldBe(Enumerable.Range(0, 1000));
    }

    [Fact]
    public async Task A_file_cut_at_any_byte_is_made_whole_and_never_loses_a_whole_line()
    {
        var text = Encoding.UTF8.GetBytes("{\"n\":1}\n{\"größe\":\"a\\\"b\"}\n[1,2]\n");
        var path = _folder.File("items.jsonl");
        for (var length = 0; length <= text.Length; length++)
        {
            await File.WriteAllBytesAsync(path, text[..length]);
            await Open(path, Fsync.Never).DisposeAsync();

            var lines = await File.ReadAllLinesAsync(path);
            lines.ShouldAllBe(line => IsJson(line));
            lines.Length.ShouldBeGreaterThanOrEqualTo(text[..length].Count(b => b == '\n'));
        }
    }

    private ISink Open(string path, Fsync fsync, long rollSize = 0) => new FileSinkSettings
    {
        Name = "archive",
        Path = path,
        Mode = ExistingFile.Append,
        Envelope = Envelope.Bare,
        RollSize = rollSize,
        MaxFiles = 0,
        Fsync = fsync,
        FsyncInterval = TimeSpan.FromSeconds(1),
    }.Open(new SinkServices { Time = _clock });

    private static int NumberIn(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("n").GetInt32();
    }

    private static bool IsJson(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.ValueKind is not JsonValueKind.Undefined;
    }
}
