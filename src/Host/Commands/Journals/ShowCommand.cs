using System.CommandLine;
using Sluice.Host.CommandLine;

namespace Sluice.Host.Commands.Journals;

/// <summary><c>sluice journal show KEY</c>: one item, whole.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> Key = new("key") { Description = "The item's key, as 'sluice journal list' shows it." };

    public static Command Create()
    {
        var command = new Command("show", "Shows one owed item, whole, as JSON.") { Key, JournalArguments.Pool };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var key = parsed.GetRequiredValue(Key);
        await using var journal = await JournalArguments.OpenViewAsync(parsed, cancellationToken).ConfigureAwait(false);
        await foreach (var unsent in UnsentItems.ReadAsync(journal, sink: null, cancellationToken).ConfigureAwait(false))
        {
            if (unsent.Item.Key.ToString() == key)
            {
                await Console.Out.WriteLineAsync(ItemText.Json(unsent)).ConfigureAwait(false);
                return ExitCode.Done;
            }
        }

        await Console.Error.WriteLineAsync($"sluice: nothing is owed under the key {key} in {journal.Where}: 'sluice journal list' shows what is.").ConfigureAwait(false);
        return ExitCode.Failed;
    }
}
