using System.CommandLine;
using Sluice.Host.CommandLine;
using Sluice.Host.Members;
using Sluice.Host.Members.Pools;
using Sluice.Host.Running;

namespace Sluice.Host.Commands;

/// <summary><c>sluice send</c>: items from standard input to a pool, without a tube.</summary>
internal static class SendItemsCommand
{
    private static readonly Argument<string> Pool = new("pool") { Description = "A HOCON file with the pool; with --to, the file that the members of a cluster use." };

    private static readonly Option<string?> To = new("--to") { Description = "A pool of a cluster, by its name in sluice.pools: the items go to whichever member owns it." };

    private static readonly Option<bool> Text = new("--text") { Description = "Lines are plain text, each sent as a JSON string; otherwise each is one JSON value." };

    private static readonly Option<string> Drain = new("--drain")
    {
        Description = "How long the end waits for sinks that still take what they are owed, such as 10s or 500ms.",
        DefaultValueFactory = _ => "10s",
    };

    private static readonly Option<string> Output = new("--output")
    {
        Description = "text, or json: a line {\"key\":…} for each item as soon as the journal has it.",
        DefaultValueFactory = _ => "text",
    };

    public static Command Create()
    {
        Output.AcceptOnlyFromAmong("text", "json");
        var command = new Command("send", "Sends the lines of standard input to a pool, an item each; what is printed as sent is safe.") { Pool, To, Text, Drain, Output };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var items = ItemLines.ReadAsync(Console.In, isText: parsed.GetValue(Text), cancellationToken);
        var (keys, notes) = parsed.GetValue(Output) == "json" ? (Console.Out, Console.Error) : (null, Console.Out);
        if (parsed.GetValue(To) is { } pool)
        {
            var spread = new ClusterSending(keys) { File = MemberFile.Read(parsed.GetRequiredValue(Pool)), Pool = pool, Items = items, Notes = notes };
            await spread.RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        }

        var sending = new ItemSending(keys)
        {
            Pool = PoolFile.Read(parsed.GetRequiredValue(Pool)),
            Items = items,
            Drain = Durations.Parse("--drain", parsed.GetValue(Drain) ?? ""),
            Notes = notes,
        };
        await sending.RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCode.Done;
    }
}
