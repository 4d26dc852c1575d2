using System.Text.Json;

namespace Sluice.Acceptance.Tests;

/// <summary>The outage tour of the README: the HTTP receiver is down, nothing is lost, everything arrives later and in order.</summary>
public sealed class OutageSpecs : IDisposable
{
    private readonly PoolRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task With_the_receiver_down_the_run_completes_the_file_has_everything_and_the_journal_keeps_what_http_is_owed()
    {
        var (exitCode, output, errors) = await _run.RunAsync();
        var owed = await OwedAsync();

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("http: 0 sent, 35 owed");
        output.ShouldContain("archive: 35 sent, 0 owed");
        File.ReadLines(_run.Archive).Count().ShouldBe(35);
        owed.Count.ShouldBe(35);
        owed.ShouldAllBe(item => item.GetProperty("sinks").EnumerateArray().Single().GetString() == "http");
    }

    [Fact]
    public async Task Journal_send_delivers_what_is_owed_in_order_and_under_the_keys_that_were_listed()
    {
        await _run.RunAsync();
        var keys = (await OwedAsync()).Select(item => item.GetProperty("key").GetString()!).ToList();

        await using var receiver = await _run.StartReceiverAsync();
        var (exitCode, _, errors) = await _run.JournalAsync("send");

        exitCode.ShouldBe(0, errors);
        _run.Stored().Select(item => item.Key).ShouldBe(keys);
        _run.Stored().Select(item => item.Item).ShouldBe(File.ReadLines(_run.Archive));
        (await OwedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_run_delivers_what_is_owed_before_its_own_items()
    {
        await _run.RunAsync();
        var keys = (await OwedAsync()).Select(item => item.GetProperty("key").GetString()!).ToList();

        await using var receiver = await _run.StartReceiverAsync();
        var (exitCode, output, errors) = await _run.RunAsync();

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("http: 70 sent, 0 owed");
        _run.Stored().Take(35).Select(item => item.Key).ShouldBe(keys);
        _run.Stored().Select(item => PoolRun.SequenceOf(item.Key)).ShouldBeInOrder(SortDirection.Ascending);
        _run.Stored().DistinctBy(item => item.Key).Count().ShouldBe(70);
    }

    [Fact]
    public async Task A_receiver_that_refuses_every_third_request_gets_each_item_once_and_in_order()
    {
        await using var receiver = await _run.StartReceiverAsync("--fail", "503", "--every", "3");
        var (exitCode, output, errors) = await _run.RunAsync();

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("http: 35 sent, 0 owed");
        _run.Stored().Select(item => PoolRun.SequenceOf(item.Key)).ShouldBe(Enumerable.Range(1, 35).Select(sequence => (long)sequence));
    }

    private async Task<IReadOnlyList<JsonElement>> OwedAsync()
    {
        var (exitCode, output, errors) = await _run.JournalAsync("list", "--output", "json");
        exitCode.ShouldBe(0, errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
