using System.CommandLine;
using System.Globalization;
using Sluice.Host.CommandLine;
using Sluice.Messages.Pools;

namespace Sluice.Host.Commands.Journals;

/// <summary>Says what a command did to the journal, for people or as JSON.</summary>
internal sealed class ChangeReport(string did, ParseResult parsed)
{
    private readonly bool _json = JournalArguments.IsJson(parsed);

    public async Task<int> WouldAsync(long items)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{items:N0} items would be {did}; nothing was changed.");
        await SayAsync(_json ? Count("would", items) : text).ConfigureAwait(false);
        return ExitCode.Done;
    }

    public async Task<int> DidAsync(long items)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{items:N0} items {did}.");
        await SayAsync(_json ? Count("did", items) : text).ConfigureAwait(false);
        return ExitCode.Done;
    }

    /// <summary>What became of what was sent; failed when something is still owed.</summary>
    public async Task<int> SentAsync(IReadOnlyList<UnsentDataResult> results)
    {
        foreach (var result in results)
        {
            await SayAsync(_json ? Json(result) : Line(result)).ConfigureAwait(false);
        }

        return results.All(result => result.Unsent == 0) ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task SayAsync(string line) => Console.Out.WriteLineAsync(line);

    private string Count(string when, long items) => JsonLine.Of(json =>
    {
        json.WriteBoolean("dryRun", when == "would");
        json.WriteNumber(did, items);
    });

    private static string Json(UnsentDataResult result) => JsonLine.Of(json =>
    {
        json.WriteString("sink", result.Exporter);
        json.WriteNumber("delivered", result.Delivered);
        json.WriteNumber("deadLettered", result.DeadLettered);
        json.WriteNumber("unsent", result.Unsent);
        json.WriteString("error", result.Error);
    });

    private static string Line(UnsentDataResult result)
    {
        var dead = result.DeadLettered > 0 ? string.Create(CultureInfo.InvariantCulture, $", {result.DeadLettered:N0} went to the dead letters") : "";
        var why = result.Unsent > 0 && result.Error is not null ? $" ({result.Error})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{result.Exporter}: {result.Delivered:N0} delivered, {result.Unsent:N0} still owed") + dead + why;
    }
}
