namespace Sluice.Acceptance.Tests;

/// <summary><c>sluice send</c>: lines of standard input to a pool, without a tube.</summary>
public sealed class SendSpecs : IDisposable
{
    private readonly PoolRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Every_line_is_an_item_whose_key_is_printed_once_the_journal_has_it()
    {
        var (exitCode, output, errors) = await SendAsync("{\"n\":1}\n\n{\"n\":2}\n\"three\"\n", "--output", "json");

        exitCode.ShouldBe(0, errors);
        output.Split('\n').ShouldBe(["{\"key\":\"earthquakes:1\"}", "{\"key\":\"earthquakes:2\"}", "{\"key\":\"earthquakes:3\"}"]);
        File.ReadAllLines(_run.Archive).ShouldBe(["{\"n\":1}", "{\"n\":2}", "\"three\""]);
        errors.ShouldContain("http: 0 sent, 3 owed");
    }

    [Fact]
    public async Task Plain_lines_are_sent_as_texts_when_asked_for()
    {
        var (exitCode, _, errors) = await SendAsync("12:00 pump \"A\" on\n", "--text");

        exitCode.ShouldBe(0, errors);
        File.ReadAllLines(_run.Archive).ShouldBe(["\"12:00 pump \\\"A\\\" on\""]);
    }

    [Theory]
    [InlineData("{\"n\":1}\n{\"n\":\n", "standard input, line 2: a JSON value is expected")]
    [InlineData("{\"n\":1}\n[1,2]\n", "standard input, line 2: A list or set is not one item")]
    public async Task A_line_that_is_no_item_ends_the_sending_and_loses_nothing_before_it(string input, string message)
    {
        var (exitCode, output, errors) = await SendAsync(input);

        exitCode.ShouldBe(1);
        errors.ShouldContain(message);
        output.ShouldContain("1 items taken.");
        File.ReadAllLines(_run.Archive).ShouldBe(["{\"n\":1}"]);
    }

    private Task<(int ExitCode, string Output, string Errors)> SendAsync(string input, params string[] options) =>
        SluiceProcess.RunWithInputAsync(_run.Folder, _run.Environment, input, ["send", Checkout.Example("pool.conf"), .. options]);
}
