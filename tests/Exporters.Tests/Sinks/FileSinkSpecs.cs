using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Files;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class FileSinkSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    private FileSinkSettings Settings => new()
    {
        Name = "archive",
        Path = _folder.File("items.jsonl"),
        Mode = ExistingFile.Append,
        Envelope = Envelope.Bare,
        RollSize = 0,
        MaxFiles = 0,
        Fsync = Fsync.Never,
        FsyncInterval = TimeSpan.FromSeconds(1),
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Exporters_7_items_become_lines_in_order()
    {
        await using var sink = Open(Settings with { Path = _folder.File("new/folder/items.jsonl") });

        var outcomes = await sink.SendAsync(Items.Of("""{"a":1}""", "[1,2]", "\"text\""), CancellationToken.None);

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        Lines("new/folder/items.jsonl").ShouldBe(["""{"a":1}""", "[1,2]", "\"text\""]);
    }

    [Fact]
    public async Task A_keyed_line_carries_the_key_beside_the_item()
    {
        await using var sink = Open(Settings with { Envelope = Envelope.Keyed });

        await sink.SendAsync(Items.Of("""{"a":1}"""), CancellationToken.None);

        Lines().ShouldBe(["""{"key":"pool-1","item":{"a":1}}"""]);
    }

    [Fact]
    public async Task A_payload_with_line_breaks_still_takes_one_line()
    {
        await using var sink = Open(Settings);

        await sink.SendAsync(Items.Of("{\n  \"a\": 1\r\n}"), CancellationToken.None);

        Lines().ShouldBe(["""{"a":1}"""]);
    }

    [Fact]
    public async Task A_payload_that_is_not_the_JSON_it_says_it_is_can_never_be_delivered_and_does_not_hold_up_the_others()
    {
        await using var sink = Open(Settings);

        var outcomes = await sink.SendAsync(Items.Of("1", "{torn", "3"), CancellationToken.None);

        outcomes[1].ShouldBeOfType<SinkOutcome.Undeliverable>().ErrorClass.ShouldBe("invalid-json");
        outcomes[2].ShouldBeOfType<SinkOutcome.Delivered>();
        Lines().ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task A_payload_of_another_type_becomes_a_string()
    {
        await using var sink = Open(Settings);

        await sink.SendAsync(
            [
                Items.Json(1, "say \"hi\"\n") with { ContentType = "text/plain" },
                Items.Json(2, "any") with { ContentType = "application/octet-stream" },
            ],
            CancellationToken.None);

        Lines().ShouldBe(["\"say \\u0022hi\\u0022\\n\"", "\"YW55\""]);
    }

    [Fact]
    public async Task Exporters_7_appending_goes_on_behind_what_is_there()
    {
        await File.WriteAllTextAsync(Settings.Path, "1\n");
        await using (var sink = Open(Settings))
        {
            await sink.SendAsync(Items.Of("2"), CancellationToken.None);
        }

        Lines().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Exporters_7_overwriting_begins_anew_and_takes_the_rolled_files_along()
    {
        await File.WriteAllTextAsync(Settings.Path, "1\n");
        await File.WriteAllTextAsync(_folder.File("items.000001.jsonl"), "0\n");
        await File.WriteAllTextAsync(_folder.File("items.notes.jsonl"), "mine\n");
        await using (var sink = Open(Settings with { Mode = ExistingFile.Overwrite }))
        {
            await sink.SendAsync(Items.Of("2"), CancellationToken.None);
        }

        Lines().ShouldBe(["2"]);
        Files().ShouldBe(["items.jsonl", "items.notes.jsonl"]);
    }

    [Fact]
    public void Exporters_7_two_sinks_on_one_path_are_an_error_at_construction()
    {
        using var first = new Held(Open(Settings));
        File.CreateSymbolicLink(_folder.File("alias.jsonl"), Settings.Path);

        Should.Throw<SinkSettingsException>(() => Open(Settings with { Name = "second" })).Message
            .ShouldBe($"Sink 'second', path: {Settings.Path} is already written by the sink 'archive'; give each sink a file of its own.");
        Should.Throw<SinkSettingsException>(() => Open(Settings with { Name = "second", Path = _folder.File("alias.jsonl") }));
    }

    [Fact]
    public async Task A_path_is_free_again_when_its_sink_is_gone()
    {
        await Open(Settings).DisposeAsync();

        await using var second = Open(Settings);

        (await second.SendAsync(Items.Of("1"), CancellationToken.None))[0].ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2", "{\"a\":1}")]
    [InlineData("{\"a\":1}\n{\"a\":2}", "{\"a\":1}|{\"a\":2}")]
    [InlineData("1\n12", "1")]
    [InlineData("1\n\0\0\0", "1")]
    [InlineData("{\"a\"", "")]
    [InlineData("", "")]
    public async Task A_last_line_torn_by_a_crash_is_cut_or_completed_at_open(string found, string kept)
    {
        await File.WriteAllTextAsync(Settings.Path, found);
        await using (var sink = Open(Settings))
        {
            await sink.SendAsync(Items.Of("99"), CancellationToken.None);
        }

        Lines().ShouldBe([.. kept.Split('|', StringSplitOptions.RemoveEmptyEntries), "99"]);
    }

    [Fact]
    public async Task A_torn_line_longer_than_a_read_block_is_cut_whole()
    {
        await File.WriteAllTextAsync(Settings.Path, "1\n\"" + new string('x', 200_000));
        await using (var sink = Open(Settings))
        {
            await sink.SendAsync(Items.Of("2"), CancellationToken.None);
        }

        Lines().ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Exporters_7_a_full_file_is_rolled_and_no_line_is_split_or_lost()
    {
        await using (var sink = Open(Settings with { RollSize = 20 }))
        {
            await sink.SendAsync(Items.Numbered(4), CancellationToken.None);
            await sink.SendAsync(Items.Numbered(1, from: 5), CancellationToken.None);
        }

        Lines("items.000001.jsonl").ShouldBe(["""{"n":1}""", """{"n":2}"""]);
        Lines("items.000002.jsonl").ShouldBe(["""{"n":3}""", """{"n":4}"""]);
        Lines().ShouldBe(["""{"n":5}"""]);
    }

    [Fact]
    public async Task A_line_larger_than_the_roll_size_gets_a_file_of_its_own()
    {
        await using (var sink = Open(Settings with { RollSize = 5 }))
        {
            await sink.SendAsync(Items.Of("1", "\"a long one\"", "3"), CancellationToken.None);
        }

        Lines("items.000001.jsonl").ShouldBe(["1"]);
        Lines("items.000002.jsonl").ShouldBe(["\"a long one\""]);
        Lines().ShouldBe(["3"]);
    }

    [Fact]
    public async Task Exporters_7_only_so_many_rolled_files_are_kept_and_numbers_go_on_after_a_restart()
    {
        for (var run = 0; run < 2; run++)
        {
            await using var sink = Open(Settings with { RollSize = 2, MaxFiles = 2 });
            await sink.SendAsync(Items.Of("1", "2", "3", "4"), CancellationToken.None);
        }

        Files().ShouldBe(["items.000006.jsonl", "items.000007.jsonl", "items.jsonl"]);
    }

    [Fact]
    public async Task A_file_moved_away_while_open_is_begun_again()
    {
        await using var sink = Open(Settings);
        await sink.SendAsync(Items.Of("1"), CancellationToken.None);
        File.Move(Settings.Path, _folder.File("moved.jsonl"));

        await sink.SendAsync(Items.Of("2"), CancellationToken.None);

        Lines("moved.jsonl").ShouldBe(["1"]);
        Lines().ShouldBe(["2"]);
    }

    [Theory]
    [InlineData(-1, 0, "roll-size")]
    [InlineData(0, -1, "max-files")]
    public void Settings_that_cannot_work_are_named(long rollSize, int maxFiles, string key) =>
        Should.Throw<SinkSettingsException>(() => Open(Settings with { RollSize = rollSize, MaxFiles = maxFiles })).Key.ShouldBe(key);

    [Fact]
    public void A_path_that_cannot_be_written_is_named() =>
        Should.Throw<SinkSettingsException>(() => Open(Settings with { Path = _folder.Path })).Message.ShouldContain(_folder.Path);

    private static ISink Open(FileSinkSettings settings) => settings.Open(new SinkServices());

    private string[] Lines(string name = "items.jsonl") => File.ReadAllLines(_folder.File(name));

    private IEnumerable<string?> Files() => Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private sealed class Held(ISink sink) : IDisposable
    {
        public void Dispose() => sink.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
