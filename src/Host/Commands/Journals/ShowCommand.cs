using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Running;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal show KEY</c>: one item, whole: owed, and as a dead letter of each sink that would not take it.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> Key = new("key") { Description = "The item's key, as 'sluice journal list' shows it." };

    public static Command Create()
    {
        var command = new Command("show", "Shows one item that is owed or dead, whole, as JSON.") { Key, JournalArguments.Pool };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key = parsed.GetRequiredValue(Key);
        var pool = PoolFile.Read(parsed.GetRequiredValue(JournalArguments.Pool)).Pool.Name;
        var selection = Selection.Of(JournalState.Pending, KeyRange.Parse(key, pool, "The key"));
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        var found = 0;
        await foreach (var unsent in selection.PendingAsync(journal, cancellationToken).ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync(ItemText.Json(unsent)).ConfigureAwait(false);
            found++;
        }

        await foreach (var letter in selection.DeadAsync(journal, cancellationToken).ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync(DeadLetterText.Json(letter)).ConfigureAwait(false);
            found++;
        }

        if (found == 0)
        {
            await Console.Error.WriteLineAsync($"sluice: nothing is owed or dead under the key {key} in {journal.Where}: 'sluice journal list' shows what is.").ConfigureAwait(false);
        }

        return found > 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
