using System.Globalization;
using Sluice.Rabbit.Rig;

namespace Sluice.Acceptance.Tests;

/// <summary><c>sluice journal</c> beside a program that runs and has the journal open.</summary>
public sealed class JournalBesideSpecs : IDisposable
{
    private readonly string _port = Ports.Free().ToString(CultureInfo.InvariantCulture);
    private readonly EndlessRun _run;

    public JournalBesideSpecs() => _run = new EndlessRun($"http://127.0.0.1:{_port}/");

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task The_running_program_redrives_sends_and_drops_dead_letters_itself()
    {
        await using var refusing = await ReceiverAsync("--fail", "400");
        await using var program = await _run.StartAsync();
        await UntilDeadAsync(10);
        refusing.Kill();
        await refusing.ExitAsync();
        await using var receiver = await ReceiverAsync();

        var (_, dropped, dropErrors) = await _run.JournalAsync("drop", "--state", "dead", "--keys", "1..3");
        var (refused, _, refusal) = await _run.JournalAsync("drop", "--keys", "1..3");
        var (_, redriven, redriveErrors) = await _run.JournalAsync("redrive", "--keys", "4..5");
        program.Kill();
        await program.ExitAsync();

        dropped.ShouldBe("3 items dropped.", dropErrors);
        refused.ShouldBe(1);
        refusal.ShouldContain($"in use by process {program.Id}");
        redriven.ShouldStartWith("2 items redriven.", Case.Sensitive, redriveErrors);
        var (sent, _, sendErrors) = await _run.JournalAsync("send");
        sent.ShouldBe(0, sendErrors);
        var status = (await _run.JournalAsync("status")).Output;
        status.ShouldContain("3 dropped (by-hand)");
        status.ShouldContain("0 pending");
        File.ReadAllText(_run["received.jsonl"]).ShouldContain("\"endless:4\"");
    }

    private async Task UntilDeadAsync(int items)
    {
        while ((await _run.JournalAsync("list", "--state", "dead", "--output", "json")).Output.Split('\n').Length < items)
        {
            await Task.Yield();
        }
    }

    private async Task<SluiceProcess> ReceiverAsync(params string[] options)
    {
        var receiver = SluiceProcess.Start(
            Path.GetDirectoryName(_run["x"])!, ["sink", "--port", _port, "--store", _run["received.jsonl"], .. options]);
        await receiver.LineAsync(line => line.Contains("listening on", StringComparison.Ordinal));
        return receiver;
    }
}
